import { slice, type Tensor } from 'cotangent';

/** x[start:limit:step] along one axis, which may count from the end. */
export function sliceAxis(x: Tensor, dim: number, start: number, limit: number, step = 1): Tensor {
  const axis = dim < 0 ? dim + x.shape.length : dim;
  return slice(x, {
    starts: x.shape.map((_, k) => (k === axis ? start : 0)),
    limits: x.shape.map((d, k) => (k === axis ? limit : d)),
    steps: x.shape.map((_, k) => (k === axis ? step : 1)),
  });
}
