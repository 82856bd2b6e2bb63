import type { Backend } from '../backend.ts';
import { hasRelaxedSimd } from './relaxed-simd.ts';
import { WasmExecutable } from './wasm-executable.ts';

/** Compiles a graph to one WebAssembly program with all memory planned beforehand. */
export const wasm: Backend = {
  name: 'wasm',
  compile: (graph) => new WasmExecutable(graph, { relaxed: hasRelaxedSimd() }),
};
