import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { sizeOf, stridesOf } from '../../src/graph/shape.ts';
import type { ConvAttributes } from '../../src/ops/window/conv.ts';

/** Every index of a shape, row-major. */
export function* indices(shape: readonly number[]): Generator<number[]> {
  const strides = stridesOf(shape);
  for (let i = 0; i < sizeOf(shape); i++) yield shape.map((d, k) => Math.floor(i / strides[k]!) % d);
}

/** The element at an index; 0 outside. */
export const at = ({ shape, data }: NdArray, index: readonly number[]): number =>
  index.every((i, k) => Number.isInteger(i) && i >= 0 && i < shape[k]!)
    ? data[stridesOf(shape).reduce((sum, s, k) => sum + s * index[k]!, 0)]!
    : 0;

/** Correlation as the formula reads: one sum per output element, every index checked. */
export function sumLoop(x: NdArray, w: NdArray, { axes, groups }: ConvAttributes, shape: readonly number[]): NdArray {
  const [outputs, inputs] = w.shape as [number, number];
  return array(
    { dtype: x.dtype, shape },
    [...indices(shape)].map(([n, o, ...p]) => {
      let sum = 0;
      for (const [c, ...k] of indices(w.shape.slice(1))) {
        const q = axes.map((a, i) => (p[i]! * a.stride + k[i]! * a.wDilation - a.lo) / a.xDilation);
        const channel = Math.floor((o! * groups) / outputs) * inputs + c!;
        sum += at(x, [n!, channel, ...q]) * at(w, [o!, c!, ...k]);
      }
      return sum;
    }),
  );
}
