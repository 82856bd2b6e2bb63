import type { Backend } from './backend.ts';
import { reference } from './reference/reference.ts';
import { type WasmOptions, wasm, wasmWith } from './wasm/wasm.ts';

/** The ways of running graphs by name: for options and files. */
export const backends: { readonly wasm: Backend; readonly reference: Backend } = { wasm, reference };

export type BackendName = keyof typeof backends;
export const backendNames: readonly ['wasm', 'reference'] = ['wasm', 'reference'];

/** The backend of that name on so many threads, tuned, where it can be. */
export const backendOn = (
  name: BackendName,
  threads: WasmOptions['threads'] = 'auto',
  tune: WasmOptions['tune'] = false,
): Backend => (name === 'wasm' ? wasmWith({ threads, tune }) : backends[name]);
