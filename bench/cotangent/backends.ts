import { type Backend, type Executable, reference } from '../../src/backends/index.ts';
import { wasmWith } from '../../src/backends/wasm/wasm.ts';
import { WasmExecutable } from '../../src/backends/wasm/wasm-executable.ts';

/** Backends by name, for so many threads; `wasm-relaxed` takes fused multiply-add also where Node hides it behind a flag. */
const backends: { readonly [name: string]: (threads: number) => Backend } = {
  reference: () => reference,
  wasm: (threads) => wasmWith({ threads }),
  'wasm-relaxed': (threads) => wasmWith({ threads, relaxed: true }),
};

export const backendNames: readonly string[] = Object.keys(backends);

/** A backend by its name and number of threads. */
export const backendOf = (name: string, threads: number): Backend => backends[name]!(threads);

/** What an executable can tell of itself: steps, bytes of memory, and the operators that had no kernel of their own. */
export function factsOf(executable: Executable): { readonly [name: string]: string | number } {
  if (!(executable instanceof WasmExecutable)) return {};
  const { steps, bytes, peak, naive } = executable.plan;
  const fallbacks = new Map<string, number>();
  for (const { kernel, node } of steps)
    if (kernel === undefined) fallbacks.set(node.op.name, (fallbacks.get(node.op.name) ?? 0) + 1);
  const listed = [...fallbacks].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ');
  return { steps: steps.length, bytes, peak, naive, ...(listed === '' ? {} : { fallbacks: listed }) };
}
