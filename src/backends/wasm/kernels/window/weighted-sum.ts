import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import type { LaneBytes } from './strided-load.ts';

/**
 * Leaves Σ weight·x on the stack, lane by lane, in the order of the taps; 0 without taps. `load` leaves the vector that a
 * source stands for on the stack.
 */
export function weightedSum(
  { f, features }: KernelCode,
  bytes: LaneBytes,
  taps: readonly (readonly [source: number, weight: number])[],
  load: (source: number) => void,
): void {
  const [multiply, add, fused] =
    bytes === 4
      ? (['f32x4.mul', 'f32x4.add', 'f32x4.relaxed_madd'] as const)
      : (['f64x2.mul', 'f64x2.add', 'f64x2.relaxed_madd'] as const);
  const constant = (value: number): void => void (bytes === 4 ? f.f32x4(value) : f.f64x2(value));
  if (taps.length === 0) constant(0);
  const sum = f.local('v128');
  for (const [i, [source, weight]] of taps.entries()) {
    load(source);
    if (i === 0) {
      if (weight !== 1) {
        constant(weight);
        f.op(multiply);
      }
    } else if (weight === 1) f.get(sum).op(add);
    else {
      constant(weight);
      // Float64 sums stay those of the reference to the bit.
      if (features.relaxed && bytes === 4) f.get(sum).op(fused);
      else f.op(multiply).get(sum).op(add);
    }
    if (i + 1 < taps.length) f.set(sum);
  }
}

/** Steps of `lanes` through `count`, the last of which overlaps the one before: sets `start` to where each begins. */
export function overlapping({ f }: KernelCode, count: number, lanes: number, start: Local, body: () => void): void {
  const counter = f.local('i32');
  f.count(counter, 0, count, lanes, () => {
    if (count % lanes === 0) f.get(counter).set(start);
    else
      f.get(counter)
        .i32(count - lanes)
        .get(counter)
        .i32(count - lanes)
        .op('i32.lt_s')
        .op('select')
        .set(start);
    body();
  });
}
