import { cpus, loadavg } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { folder, typeCheck } from './type-check.ts';

describe('the U-Net example', () => {
  const place = folder();
  afterAll(() => place.remove());

  it('type-checks with literal shapes, at a cost that is counted', () => {
    const { messages, output, instantiations, checkSeconds } = typeCheck(place, ['../../../examples/05-unet.ts']);
    expect(messages.size, output).toBe(0);
    // Seconds depend on who else is working; instantiations do not. The library's own sources are most of them.
    const load = `load ${loadavg()[0]!.toFixed(1)} on ${cpus().length} processors`;
    console.log(`examples/05-unet.ts: ${instantiations} instantiations, ${checkSeconds} s of checking (${load})`);
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
