import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/index.ts';
import type { WasmExecutable } from '../../src/backends/wasm/wasm-executable.ts';
import { CotangentError } from '../../src/graph/error.ts';
import { smallTraining } from './small-training.ts';
import { untilThreads } from './until-threads.ts';

const workers: Worker[] = [];
const note = (worker: Worker): void => void workers.push(worker);

/** One that others of this file have not used: threads of a program that is over linger. */
async function threeThreads() {
  process.on('worker', note);
  const training = smallTraining(wasmWith({ threads: 3, lostAfter: 1 }));
  untilThreads(training.executable, 3);
  // Workers are made known at the end of the turn.
  await setImmediate();
  return training;
}

afterEach(() => void process.off('worker', note));

describe('a thread that ends', { timeout: 60_000 }, () => {
  it('between runs is replaced, and changes no bit', async () => {
    const alone = smallTraining(wasmWith({ threads: 1 }));
    const { executable, step } = await threeThreads();
    expect(step()).toBe(alone.step());
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    expect((executable as WasmExecutable).threads).toBe(1);
    expect(step()).toBe(alone.step());
    untilThreads(executable, 3);
    for (let i = 0; i < 3; i++) expect(step()).toBe(alone.step());
    executable.close();
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  });

  it('in the middle of a run is an error, at once and from then on, and others go on', async () => {
    const { executable, step } = await threeThreads();
    expect(workers.length).toBe(2);
    void workers.splice(0)[1]!.terminate();
    // Long enough to end the thread, without letting this one know.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    for (let i = 0; i < 2; i++) {
      const from = performance.now();
      let fault: unknown;
      try {
        step();
      } catch (error) {
        fault = error;
      }
      expect(fault).toBeInstanceOf(CotangentError);
      expect((fault as CotangentError).code).toBe('run/thread-lost');
      expect(performance.now() - from).toBeLessThan(20_000);
    }
    executable.close();
    const [one, three] = [smallTraining(wasmWith({ threads: 1 })), smallTraining(wasmWith({ threads: 3 }))];
    untilThreads(three.executable, 3);
    for (let i = 0; i < 3; i++) expect(three.step()).toBe(one.step());
    three.executable.close();
  });
});
