import type { Backend } from './backend.ts';
import { reference } from './reference/reference.ts';
import { wasm } from './wasm/wasm.ts';

/** The ways of running graphs by name: for options and files. */
export const backends: { readonly wasm: Backend; readonly reference: Backend } = { wasm, reference };

export type BackendName = keyof typeof backends;
export const backendNames: readonly ['wasm', 'reference'] = ['wasm', 'reference'];
