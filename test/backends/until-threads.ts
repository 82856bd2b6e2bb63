import type { Executable } from '../../src/backends/index.ts';
import { WasmExecutable } from '../../src/backends/wasm/wasm-executable.ts';

const nobody = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps until the workers of a compiled graph have come; they start without help from this thread. */
export function untilThreads(executable: Executable, threads: number): void {
  if (!(executable instanceof WasmExecutable)) throw new Error('only the compiled backend has threads');
  for (let waited = 0; executable.threads !== threads; waited++) {
    if (waited > 30_000) throw new Error(`${executable.threads} of ${threads} threads after 30 s`);
    Atomics.wait(nobody, 0, 0, 1);
  }
}
