import type { DType } from '../../../../graph/dtype.ts';
import type { Local, WasmFunction } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { nest } from '../nest.ts';

/** Bytes that one thread takes at a time; a multiple of every element and vector. */
const piece = 4096;

/** Sets `bytes` bytes from `address` on to one value of a dtype, up to a vector's width further. */
export function fill(code: KernelCode, dtype: DType, value: number, address: number, bytes: number): void {
  const { f } = code;
  const pieces = Math.floor(bytes / piece);
  const run = (p: Local, length: number): void => fillRun(f, dtype, value, p, length);
  nest(code, [{ size: pieces, steps: [piece] }], [address], ([p]) => run(p!, piece));
  // What is left is the first thread's, and ends exactly where the buffer does or in the slack behind it.
  if (bytes % piece > 0) nest(code, [], [address + pieces * piece], ([p]) => run(p!, bytes % piece));
}

function fillRun(f: WasmFunction, dtype: DType, value: number, p: Local, bytes: number): void {
  if (Object.is(value, 0) || dtype === 'bool') {
    f.get(p).i32(value).i32(bytes).fillMemory();
    return;
  }
  const at = f.local('i32');
  f.count(at, 0, bytes, 16, () => {
    f.get(p).get(at).op('i32.add');
    if (dtype === 'f64') f.f64x2(value);
    else if (dtype === 'f32') f.f32x4(value);
    else f.i32x4(value);
    f.access('v128.store', 0);
  });
}
