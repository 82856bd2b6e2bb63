import type { Backend } from './backend.ts';
import { reference } from './reference/reference.ts';
import { wasmWith } from './wasm/wasm.ts';

/**
 * The ways of running graphs by name: for options and files. The compiled one on a single thread: steps of small nets take
 * milliseconds, and threads that wait for each other on a machine that is busy elsewhere take many times as long.
 */
export const backends: { readonly wasm: Backend; readonly reference: Backend } = {
  wasm: wasmWith({ threads: 1 }),
  reference,
};

export type BackendName = keyof typeof backends;
export const backendNames: readonly ['wasm', 'reference'] = ['wasm', 'reference'];
