import type { AnyOp } from '../../../../../graph/op.ts';
import { absOp } from '../../../../../ops/pointwise/abs.ts';
import { addOp } from '../../../../../ops/pointwise/add.ts';
import { ceilOp } from '../../../../../ops/pointwise/ceil.ts';
import { divOp } from '../../../../../ops/pointwise/div.ts';
import { floorOp } from '../../../../../ops/pointwise/floor.ts';
import { maximumOp } from '../../../../../ops/pointwise/maximum.ts';
import { minimumOp } from '../../../../../ops/pointwise/minimum.ts';
import { mulOp } from '../../../../../ops/pointwise/mul.ts';
import { negOp } from '../../../../../ops/pointwise/neg.ts';
import { roundOp } from '../../../../../ops/pointwise/round.ts';
import { signOp } from '../../../../../ops/pointwise/sign.ts';
import { sqrtOp } from '../../../../../ops/pointwise/sqrt.ts';
import { subOp } from '../../../../../ops/pointwise/sub.ts';
import type { Lanes } from '../lanes.ts';
import { type NumberType, shapes } from '../lanes.ts';
import type { Expression, Site } from './expression.ts';

type Name = 'add' | 'sub' | 'mul' | 'div' | 'abs' | 'neg' | 'sqrt' | 'ceil' | 'floor' | 'nearest';

/** One instruction per vector: integers wrap, floats round once, as the definition does. */
const direct = (inputs: readonly string[], name: Name): Expression => ({
  inputs,
  emit: (lanes, { from }) => {
    // Operators for which integers have no instruction take floats only.
    lanes.f.op(`${shapes[from as 'f32' | 'f64']}.${name}`);
  },
});

const extreme = (name: 'min' | 'max'): Expression => ({
  inputs: ['a', 'b'],
  emit: (lanes, { from, uniform: [, b] }: Site) => {
    if (from === 'i32') lanes.op(`i32x4.${name}_s`);
    else if (b === undefined || Number.isNaN(b) || (name === 'min' && b === 0))
      lanes.op(`${shapes[from as 'f32' | 'f64']}.${name}`);
    else {
      // The true minimum and maximum take seven instructions on x64; with a number these take one, NaN included.
      lanes.op(`${shapes[from as 'f32' | 'f64']}.p${name}`);
      // −0 stays where 0 is meant, until 0 is added.
      if (b === 0) lanes.constant(from as NumberType, 0).op(`${shapes[from as 'f32' | 'f64']}.add`);
    }
  },
});

function sign(lanes: Lanes, { from }: Site): void {
  const x = lanes.keep();
  if (from === 'i32') {
    // Where a comparison holds, its lane is −1.
    lanes.get(x).constant('i32', 0).op('i32x4.lt_s').get(x).constant('i32', 0).op('i32x4.gt_s', 'i32x4.sub');
    return;
  }
  const shape = shapes[from as 'f32' | 'f64'];
  // ±1 with the sign bit of x; zeros and NaN stay as they are.
  lanes
    .constant(from as NumberType, 1)
    .get(x)
    .constant(from as NumberType, -0)
    .op('v128.and', 'v128.or');
  lanes
    .get(x, x)
    .op(`${shape}.abs`)
    .constant(from as NumberType, 0)
    .op(`${shape}.gt`, 'v128.bitselect');
}

/** The four operations, signs, roots and rounding. */
export const arithmetic: readonly (readonly [AnyOp, Expression])[] = [
  [addOp, direct(['a', 'b'], 'add')],
  [subOp, direct(['a', 'b'], 'sub')],
  [mulOp, direct(['a', 'b'], 'mul')],
  [divOp, direct(['a', 'b'], 'div')],
  [absOp, direct(['x'], 'abs')],
  [negOp, direct(['x'], 'neg')],
  [sqrtOp, direct(['x'], 'sqrt')],
  [ceilOp, direct(['x'], 'ceil')],
  [floorOp, direct(['x'], 'floor')],
  [roundOp, direct(['x'], 'nearest')],
  [maximumOp, extreme('max')],
  [minimumOp, extreme('min')],
  [signOp, { inputs: ['x'], emit: sign }],
];
