import type { OpTable } from '../graph/op.ts';
import { fullOp } from './constant/full.ts';
import { addOp } from './pointwise/add.ts';
import { castOp } from './pointwise/cast.ts';
import { compareOp } from './pointwise/compare.ts';
import { mulOp } from './pointwise/mul.ts';
import { negOp } from './pointwise/neg.ts';
import { selectOp } from './pointwise/select.ts';
import { subOp } from './pointwise/sub.ts';
import { sumOp } from './reduce/sum.ts';
import { broadcastOp } from './shape/broadcast.ts';
import { reshapeOp } from './shape/reshape.ts';
import { transposeOp } from './shape/transpose.ts';

/** The shipped operators by name. Extend it by spreading: `{ ...ops, mine }`. */
export const ops: OpTable = {
  add: addOp,
  broadcast: broadcastOp,
  cast: castOp,
  compare: compareOp,
  full: fullOp,
  mul: mulOp,
  neg: negOp,
  reshape: reshapeOp,
  select: selectOp,
  sub: subOp,
  sum: sumOp,
  transpose: transposeOp,
};

export { full } from './constant/full.ts';
export { add } from './pointwise/add.ts';
export { cast } from './pointwise/cast.ts';
export { equal, greater, greaterEqual, less, lessEqual } from './pointwise/compare.ts';
export { mul } from './pointwise/mul.ts';
export { neg } from './pointwise/neg.ts';
export { select } from './pointwise/select.ts';
export { sub } from './pointwise/sub.ts';
export { sum } from './reduce/sum.ts';
export { broadcastTo } from './shape/broadcast.ts';
export { reshape } from './shape/reshape.ts';
export { transpose } from './shape/transpose.ts';
export { accumulate, onesLike, zerosLike } from './vector-space.ts';
