import { add, constant, gather, i32, less, mul, reshape, select, type Tensor } from 'cotangent';

/** Elements of x at `index` along one axis and at their own place along the others; negative ones count from the end. */
export const gatherAlong = (x: Tensor, axis: number, index: Tensor): Tensor =>
  gather({ x, at: positionsAlong(x.shape, axis, index) }, { batch: 0 });

/** Whole slices of x at `index` along one axis, whose place the axes of `index` take. */
export function take(x: Tensor, axis: number, index: Tensor): Tensor {
  const dim = axis < 0 ? axis + x.shape.length : axis;
  const [before, after] = [x.shape.slice(0, dim), x.shape.slice(dim + 1)];
  const shape = [...before, ...index.shape, ...after];
  const column = reshape(index, [...before.map(() => 1), ...index.shape, ...after.map(() => 1)]);
  const size = (list: readonly number[]) => list.reduce((a, b) => a * b, 1);
  const [inner, length, count] = [size(after), x.shape[dim]!, size(index.shape)];
  const own = Array.from(
    { length: size(shape) },
    (_, i) => Math.floor(i / inner / count) * length * inner + (i % inner),
  );
  const at = add(mul(fromEnd(column, length), inner), constant(x.graph, i32(...shape), own));
  return gather({ x, at }, { batch: 0 });
}

/** Flat positions in `shape` of what `index` names along one axis, its own place naming the others. */
export function positionsAlong(shape: readonly number[], axis: number, index: Tensor): Tensor {
  const dim = axis < 0 ? axis + shape.length : axis;
  const strides = shape.map((_, k) => shape.slice(k + 1).reduce((a, b) => a * b, 1));
  const steps = index.shape.map((_, k) => index.shape.slice(k + 1).reduce((a, b) => a * b, 1));
  const size = index.shape.reduce((a, b) => a * b, 1);
  const others = Array.from({ length: size }, (_, i) =>
    index.shape.reduce((sum, d, k) => sum + (k === dim ? 0 : (Math.floor(i / steps[k]!) % d) * strides[k]!), 0),
  );
  const own = constant(index.graph, i32(...index.shape), others);
  return add(mul(fromEnd(index, shape[dim] ?? 1), strides[dim] ?? 1), own);
}

/** Negative indices count from the end. */
export const fromEnd = (index: Tensor, length: number): Tensor => select(less(index, 0), add(index, length), index);
