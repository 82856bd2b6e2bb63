import type { Tensor } from '../../graph/tensor.ts';
import { padOp } from './pad-op.ts';
import { slice } from './slice.ts';

/** The elements start, start + step, … below `limit` along one axis. */
export const sliceAlong = (x: Tensor, axis: number, start: number, limit: number, step = 1): Tensor =>
  slice(x, {
    starts: x.shape.map((_, k) => (k === axis ? start : 0)),
    limits: x.shape.map((d, k) => (k === axis ? limit : d)),
    steps: x.shape.map((_, k) => (k === axis ? step : 1)),
  });

/** x moved by `by` places along one axis (negative: towards the beginning); what is left open is filled with `value`. */
export const shiftAlong = (x: Tensor, axis: number, by: number, value: number): Tensor =>
  padOp(
    { x },
    {
      lo: x.shape.map((_, k) => (k === axis ? by : 0)),
      hi: x.shape.map((_, k) => (k === axis ? -by : 0)),
      interior: x.shape.map(() => 0),
      value,
    },
  );
