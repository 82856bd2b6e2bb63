export type { Arrays, Backend, Executable } from './backend.ts';
export { compile } from './compile.ts';
export { reference } from './reference/reference.ts';
export { wasm } from './wasm/wasm.ts';
