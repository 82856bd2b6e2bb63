import { cpus, loadavg } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { folder, typeCheck, type Verdict } from './type-check.ts';

const limit = 3;

describe('the U-Net example', () => {
  const place = folder();
  afterAll(() => place.remove());

  it(`type-checks with literal shapes in under ${limit} s`, () => {
    // Other tests share the processors; the fastest of a few runs is what checking costs.
    const runs: Verdict[] = [];
    for (let run = 0; run < 4 && !runs.some(({ checkSeconds }) => checkSeconds < limit); run++)
      runs.push(typeCheck(place, ['../../../examples/05-unet.ts']));
    const { messages, output, instantiations } = runs[0]!;
    expect(messages.size, output).toBe(0);
    const seconds = Math.min(...runs.map(({ checkSeconds }) => checkSeconds));
    const load = `load ${loadavg()[0]!.toFixed(1)} on ${cpus().length} processors`;
    console.log(`examples/05-unet.ts: ${seconds} s of checking, ${instantiations} instantiations (${load})`);
    expect(seconds).toBeLessThan(limit);
    // A measure that does not depend on the machine; the library's own sources are most of it.
    expect(instantiations).toBeLessThan(1_000_000);
  });

  it('does not compile with a wrong size, and the message names both', () => {
    place.write(
      'wrong.ts',
      [
        "import { concat, conv2d, maxPool2d, n, resize2d, t } from '../prelude.ts';",
        'const x = t(2, 8, 30, 32);',
        "const deep = resize2d(maxPool2d(conv2d(x, t(8, 8, 3, 3), { padding: 1 }), { kernel: 4 }), { scale: 4, mode: 'nearest' });",
        'concat([deep, x], 1);',
        'concat([deep, t(2, 8, n(30), 32)], 1);',
      ].join('\n'),
    );
    const { messages } = typeCheck(place, ['wrong.ts']);
    expect([...messages.keys()]).toEqual(['wrong.ts:4']);
    expect(messages.get('wrong.ts:4')).toContain(
      'tensors 0 and 1 are [2,8,28,32] and [2,8,30,32]: they differ on axis 2, 28 against 30, and are joined on axis 1',
    );
  });
});
