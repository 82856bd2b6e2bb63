/**
 * Programs that the tests of threads run as processes of their own: `node --import tsx threads-child.ts NAME`. What they
 * print is JSON.
 */
import { setTimeout } from 'node:timers/promises';
import { compile, wasm, wasmWith } from '../../src/backends/index.ts';
import { WasmExecutable } from '../../src/backends/wasm/wasm-executable.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32 } from '../../src/graph/type.ts';
import { add, flip, mul, sin } from '../../src/ops/index.ts';
import { smallTraining } from './small-training.ts';
import { untilThreads } from './until-threads.ts';

const say = (result: object): void => console.log(JSON.stringify(result));

const children: { readonly [name: string]: () => Promise<void> } = {
  /** Trains on two threads and ends without closing anything. */
  async end() {
    const { executable, step } = smallTraining(wasmWith({ threads: 2 }));
    untilThreads(executable, 2);
    say({ losses: [step(), step(), step()] });
  },
  /** How much of a processor is used while nothing runs. */
  async idle() {
    const { executable, step } = smallTraining(wasmWith({ threads: 3 }));
    untilThreads(executable, 3);
    step();
    // What is still compiled in the background, and garbage, is not meant.
    await setTimeout(1000);
    const [cpu, from] = [process.cpuUsage(), performance.now()];
    await setTimeout(1000);
    const { user, system } = process.cpuUsage(cpu);
    say({ share: (user + system) / 1000 / (performance.now() - from) });
    executable.close();
  },
  /** Without memory that can be shared. */
  async alone() {
    Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
    const { executable, step } = smallTraining(wasmWith({ threads: 3 }));
    await setTimeout(200);
    say({ threads: executable instanceof WasmExecutable && executable.threads, losses: [step(), step(), step()] });
  },
  /** Forgets to close: 30 programs that touch 40 MB each. */
  async forget() {
    const values = array(f32(2 ** 21), new Float32Array(2 ** 21));
    for (let i = 0; i < 30; i++) {
      const g = new GraphBuilder();
      const x = g.input('x', f32(2 ** 21));
      const turned = flip(mul(sin(x), x), [0]);
      const executable = compile(g.build({ turned, sum: add(turned, x) }), { backend: wasmWith({ threads: 2 }) });
      untilThreads(executable, 2);
      executable.run({ x: values });
      globalThis.gc!();
      // The garbage collector tells of what it found when nothing else runs.
      await setTimeout(1);
    }
    say({ megabytes: process.memoryUsage().rss / 2 ** 20 });
  },
  /** Memory in MB after some steps and after many. */
  async steps() {
    const { step } = smallTraining(wasm, { width: 2, batch: 1, size: 8 });
    const bytes = (): number => {
      globalThis.gc!();
      const { heapUsed, external, arrayBuffers } = process.memoryUsage();
      return (heapUsed + external + arrayBuffers) / 2 ** 20;
    };
    for (let i = 0; i < 500; i++) step();
    const before = bytes();
    for (let i = 0; i < 2000; i++) step();
    say({ before, after: bytes() });
  },
};

await children[process.argv[2]!]!();
