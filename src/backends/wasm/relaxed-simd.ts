import type * as V8 from 'node:v8';
import { CotangentError } from '../../graph/error.ts';
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

/** Whether to use it, given what the user wants: nothing said is wherever it is there. */
export function useRelaxedSimd(wanted: boolean | undefined): boolean {
  if (wanted === false) return false;
  if (hasRelaxedSimd()) return true;
  if (wanted === undefined) return false;
  // Node 20 has it behind a flag, which works as long as nothing that uses it was compiled.
  const v8 = globalThis.process?.getBuiltinModule?.('node:v8') as typeof V8 | undefined;
  v8?.setFlagsFromString('--experimental-wasm-relaxed-simd');
  if (hasRelaxedSimd()) return true;
  throw new CotangentError({
    code: 'wasm/relaxed',
    summary: 'this engine has no relaxed SIMD',
    fix: 'leave relaxed away: it is then used wherever it is there.',
  });
}
