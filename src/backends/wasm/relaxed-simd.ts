import { WasmFunction } from './encode/wasm-function.ts';
import { WasmModule } from './encode/wasm-module.ts';
import { webAssembly } from './web-assembly.ts';

/** Whether this engine takes fused multiply-add on vectors (relaxed SIMD), found out by showing it a module with one. */
export const hasRelaxedSimd = (): boolean => {
  const f = new WasmFunction([]).f32x4(1).f32x4(1).f32x4(1).op('f32x4.relaxed_madd').op('drop');
  const module = new WasmModule({ pages: 1, shared: false });
  module.add('probe', f);
  return webAssembly.validate(module.encode());
};
