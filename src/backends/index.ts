export type { Arrays, Backend, Executable } from './backend.ts';
export { compile } from './compile.ts';
export { reference } from './reference/reference.ts';
export { type WasmOptions, wasm, wasmWith } from './wasm/wasm.ts';
