import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32 } from '../../../graph/type.ts';
import { constant } from '../../constant/constant.ts';
import { add } from '../../pointwise/add.ts';
import { less } from '../../pointwise/compare.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { gather } from '../../window/gather.ts';
import { composite } from '../composite.ts';

/** How foreign indices count. */
export interface PlaneIndicesOptions {
  /** Spatial sizes of the planes that the indices point into. */
  readonly plane: Shape;
  /** Whether the last axis runs fastest inside a plane (`'row'`, the default), or the first (ONNX's storage_order 1). */
  readonly order?: 'row' | 'column';
}

/**
 * i32 indices [N,C,…] that count through all of [N, C, …plane], as ONNX's MaxPool and MaxUnpool do, made indices into
 * each channel's plane, as here and in PyTorch. −1 stays.
 */
export const planeIndices = <S extends Shape>(
  indices: Tensor<S, 'i32'>,
  options: PlaneIndicesOptions,
): Tensor<S, 'i32'> =>
  convert('planeIndices', indices, options, (starts) =>
    reorder(sub(indices, starts) as Tensor, indices, options, false),
  ) as Tensor<S, 'i32'>;

/** The inverse of `planeIndices`: indices into each channel's plane made indices into all of [N, C, …plane]. */
export const wholeIndices = <S extends Shape>(
  indices: Tensor<S, 'i32'>,
  options: PlaneIndicesOptions,
): Tensor<S, 'i32'> =>
  convert(
    'wholeIndices',
    indices,
    options,
    (starts) => add(reorder(indices, indices, options, true), starts) as Tensor,
  ) as Tensor<S, 'i32'>;

function convert(
  name: string,
  indices: Tensor,
  { plane }: PlaneIndicesOptions,
  body: (starts: Tensor) => Tensor,
): Tensor {
  return composite(name, { indices }, () => {
    const [batch, channels] = indices.shape;
    if (batch === undefined || channels === undefined || plane.length !== indices.shape.length - 2)
      fail('unpool/plane', `[${plane}] is no plane of indices [${indices.shape}]`, 'give one size per spatial axis.');
    const size = sizeOf(plane);
    const starts = constant(
      indices.graph,
      i32(batch, channels, ...plane.map(() => 1)),
      Array.from({ length: batch * channels }, (_, k) => k * size),
    );
    return select(less(indices, 0), indices, body(starts));
  });
}

/** Positions in the plane from one order of its axes to the other; both are row-major where the order is `'row'`. */
function reorder(at: Tensor, given: Tensor, { plane, order = 'row' }: PlaneIndicesOptions, toColumn: boolean): Tensor {
  if (order !== 'row' && order !== 'column')
    fail('option/value', `order is ${String(order)}`, "use 'row' or 'column'.");
  if (order === 'row') return at;
  const table = Array.from({ length: sizeOf(plane) }, (_, flat) =>
    swapped(flat, toColumn ? plane : plane.toReversed()),
  );
  const inside: Tensor = select(less(given, 0), -1, at);
  return gather({ x: constant(at.graph, i32(table.length), table), at: inside }, { batch: 0 });
}

/** A row-major position in a plane, counted with its first axis running fastest. */
function swapped(flat: number, plane: Shape): number {
  let [rest, result] = [flat, 0];
  const index = plane.map(() => 0);
  for (let axis = plane.length - 1; axis >= 0; axis--) {
    index[axis] = rest % plane[axis]!;
    rest = Math.floor(rest / plane[axis]!);
  }
  for (let axis = plane.length - 1; axis >= 0; axis--) result = result * plane[axis]! + index[axis]!;
  return result;
}
