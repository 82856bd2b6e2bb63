import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compile, wasmWith } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32, i32 } from '../../src/graph/type.ts';
import { add, crossEntropy, mul, sin } from '../../src/ops/index.ts';
import { smallTraining } from './small-training.ts';
import { untilThreads } from './until-threads.ts';

/** Runs one program of `threads-child.ts`, which has to end by itself within half a minute. */
async function child(name: string): Promise<{ readonly [key: string]: unknown }> {
  const file = fileURLToPath(new URL('threads-child.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', file, name], {
    timeout: 30_000,
  });
  return JSON.parse(stdout) as { readonly [key: string]: unknown };
}

describe('threads', () => {
  it.each([
    { batch: 2, size: 16 },
    { batch: 1, size: 12, width: 3 },
  ])('give the same bits: %o', (sizes) => {
    const outcomes = [1, 2, 3].map((threads) => {
      const { executable, step } = smallTraining(wasmWith({ threads }), sizes);
      untilThreads(executable, threads);
      const losses = [step(), step(), step(), step()];
      const kept = Object.keys(executable.graph.updates).map((name) => executable.read(name).data);
      executable.close();
      return { losses, kept };
    });
    expect(outcomes[0]!.losses[3]).toBeLessThan(outcomes[0]!.losses[0]!);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });

  it('serve several programs in turn', () => {
    const two = smallTraining(wasmWith({ threads: 2 }));
    const three = smallTraining(wasmWith({ threads: 3 }));
    untilThreads(two.executable, 2);
    untilThreads(three.executable, 3);
    for (let i = 0; i < 5; i++) expect(two.step()).toBe(three.step());
    two.executable.close();
    for (let i = 0; i < 2; i++) expect(Number.isFinite(three.step())).toBe(true);
    three.executable.close();
  });

  it('raise what an operator refuses, and go on', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(1, 3, 4, 4));
    const loss = crossEntropy(mul(add(sin(x), x), x), g.input('target', i32(1, 4, 4)));
    const executable = compile(g.build({ loss }), { backend: wasmWith({ threads: 3 }) });
    untilThreads(executable, 3);
    const feeds = {
      x: array(
        x,
        Array.from({ length: 48 }, (_, i) => i / 8),
      ),
      target: array(i32(1, 4, 4)),
    };
    const expected = executable.run(feeds).loss!.item();
    for (let i = 0; i < 3; i++) {
      for (const pixel of [0, 7, 15]) {
        const target = array(i32(1, 4, 4));
        target.data[pixel] = 9;
        expect(() => executable.run({ ...feeds, target })).toThrow('gather/position');
      }
      expect(executable.run(feeds).loss!.item()).toBe(expected);
    }
    executable.close();
  });

  it('leave when the executable is closed, once or twice', () => {
    const { executable, step } = smallTraining(wasmWith({ threads: 2 }));
    untilThreads(executable, 2);
    step();
    executable.close();
    executable.close();
    expect(step).toThrow('run/closed');
    const early = smallTraining(wasmWith({ threads: 2 }));
    early.executable.close();
  });

  it.each([0, 1.5, -1, Number.NaN, 1000])('are refused in the number of %s', (threads) =>
    expect(() => wasmWith({ threads })).toThrow('wasm/threads'),
  );

  it('let a process end by itself', async () => {
    const { executable, step } = smallTraining(wasmWith({ threads: 1 }));
    expect(await child('end')).toEqual({ losses: [step(), step(), step()] });
    executable.close();
  });

  it('sleep while nothing runs', async () => {
    expect((await child('idle')).share).toBeLessThan(0.05);
  });

  it('are done without where memory cannot be shared', async () => {
    const { step } = smallTraining(wasmWith({ threads: 1 }));
    expect(await child('alone')).toEqual({ threads: 1, losses: [step(), step(), step()] });
  });

  it('forget programs that nobody holds any more', async () => {
    expect((await child('forget')).megabytes).toBeLessThan(700);
  });
});

describe('memory', () => {
  it('stays flat over 2,000 steps', async () => {
    const { before, after } = await child('steps');
    expect(Number(after) - Number(before)).toBeLessThan(1);
  });
});
