import { fail } from '../../../graph/error.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { equal, greater, notEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { maximum } from '../../pointwise/maximum.ts';
import { minimum } from '../../pointwise/minimum.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { argsort } from '../../reduce/argsort.ts';
import { reshape } from '../../shape/reshape.ts';
import { shiftAlong } from '../../shape/slice-along.ts';
import { onesLike } from '../../vector-space.ts';
import { gatherOp } from '../../window/gather.ts';
import { scatterOp } from '../../window/scatter.ts';
import type { Positions } from './element-positions.ts';

/** What becomes of values that arrive at one place, and of the one that stands there. */
export interface ScatterOptions {
  /** `'none'` (the default): the last one stands; the others join them. */
  readonly reduction?: 'none' | 'add' | 'mul' | 'max' | 'min' | 'mean';
  /** Whether the value of x takes part where others arrive; true unless given, without meaning for `'none'`. */
  readonly includeSelf?: boolean;
}

type Join = (older: Tensor, newer: Tensor) => Tensor;

const joins: { readonly [reduction in 'none' | 'mul' | 'max' | 'min']: Join } = {
  none: (_, newer) => newer,
  mul: (older, newer) => mul(older, newer) as Tensor,
  max: (older, newer) => maximum(older, newer) as Tensor,
  min: (older, newer) => minimum(older, newer) as Tensor,
};

/** x with values put at positions; every reduction is closed under differentiation, with duplicates too. */
export function scatterInto(
  x: Tensor,
  { at, batch, block }: Positions,
  values: Tensor,
  { reduction = 'none', includeSelf = true }: ScatterOptions,
): Tensor {
  if (at.shape.length > 0 && sizeOf(at.shape) === 0) return x;
  const into = { batch, shape: block };
  const count = (): Tensor => scatterOp({ x: onesLike(values), at }, into);
  if (reduction === 'add' || reduction === 'mean') {
    const total: Tensor = scatterOp({ x: values, at }, into);
    if (reduction === 'add' && includeSelf) return add(x, total);
    const arrived = greater(count(), 0);
    const joined: Tensor = includeSelf ? add(x, total) : total;
    if (reduction === 'add') return select(arrived, joined, x);
    return select(arrived, div(joined, includeSelf ? add(count(), 1) : select(arrived, count(), 1)) as Tensor, x);
  }
  const join =
    joins[reduction] ??
    fail(
      'scatter/reduction',
      `unknown reduction '${String(reduction)}'`,
      "use 'none', 'add', 'mul', 'max', 'min' or 'mean'.",
    );
  const { keys, joined } = joinDuplicates(at, values, batch, reduction === 'none' ? undefined : join);
  const whole = { batch: 1, shape: [sizeOf(block)] };
  const total = reshape(scatterOp({ x: joined, at: keys }, whole), x.shape) as Tensor;
  const arrived = greater(reshape(scatterOp({ x: onesLike(joined), at: keys }, whole), x.shape) as Tensor, 0);
  return select(arrived, includeSelf ? join(x, select(arrived, total, x) as Tensor) : total, x);
}

/** Values ordered by position, one left for each: the others get the position −1. All [blocks, values]. */
function joinDuplicates(at: Tensor, values: Tensor, batch: number, join: Join | undefined) {
  const rows = [sizeOf(at.shape.slice(0, batch)), sizeOf(at.shape.slice(batch))];
  const places = reshape(at, rows) as Tensor;
  const order = argsort(places, 1);
  const keys: Tensor = gatherOp({ x: places, at: order }, { batch: 1 });
  let joined: Tensor = gatherOp({ x: reshape(values, rows), at: order }, { batch: 1 });
  // After each round joined[i] covers twice as many values of its position up to i.
  if (join !== undefined)
    for (let reach = 1; reach < rows[1]!; reach *= 2) {
      const same = equal(shiftAlong(keys, 1, reach, -1), keys);
      joined = select(same, join(shiftAlong(joined, 1, reach, 1), joined), joined);
    }
  const last = notEqual(shiftAlong(keys, 1, -1, -1), keys);
  return { keys: select(last, keys, -1) as Tensor, joined };
}
