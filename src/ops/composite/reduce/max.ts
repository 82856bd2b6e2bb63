import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32 } from '../../../graph/type.ts';
import { iota } from '../../constant/iota.ts';
import { frontDoor } from '../../front-door.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { argmaxOp } from '../../reduce/argmax.ts';
import type { ReduceFunction, ReduceOptions } from '../../reduce/axes.ts';
import { normalizeAxes } from '../../reduce/axes.ts';
import { keptShape } from '../../reduce/sum.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { gatherOp } from '../../window/gather.ts';

/**
 * The greatest element over `axes` (all by default); `keepDims` leaves them with size 1. The first of several equal
 * ones takes the whole gradient; NaN is greater than every number.
 *
 * @throws GraphError `argmax/empty` where there is nothing to choose from.
 */
export const max: ReduceFunction = frontDoor(
  'max',
  ['x'],
  (x: Tensor, { axes, keepDims = false }: ReduceOptions = {}) => {
    const over = normalizeAxes(x, axes);
    if (over.length === 0) return x;
    return x.graph.scope('max', () => {
      const [first, last] = [over[0]!, over.at(-1)!];
      const neighbours = last - first + 1 === over.length;
      const kept = x.shape.map((_, k) => k).filter((k) => !over.includes(k));
      const before = neighbours ? kept.filter((k) => k < first) : kept;
      const after = kept.filter((k) => !before.includes(k));
      const size = (list: readonly number[]) => sizeOf(list.map((k) => x.shape[k]!));
      // [before, over, after], so that one flat position per result tells where its maximum stands.
      const ordered = neighbours ? x : transpose(x, [...before, ...over]);
      const flat: Tensor = reshape(ordered, [size(before), size(over), size(after)]);
      const rows = argmaxOp({ x: flat }, { axes: [1], ties: 'first' });
      const columns = size(after);
      const at: Tensor = columns === 1 ? rows : add(mul(rows, columns), iota(x.graph, i32(columns), 0) as Tensor);
      const y = gatherOp({ x: flat, at }, { batch: 1 });
      return reshape(y, keepDims ? keptShape(x.shape, over) : kept.map((k) => x.shape[k]!));
    });
  },
);
