import type { AnyOp } from '../../../../../graph/op.ts';
import { andOp } from '../../../../../ops/pointwise/and.ts';
import { castOp } from '../../../../../ops/pointwise/cast.ts';
import { type Comparison, compareOp } from '../../../../../ops/pointwise/compare.ts';
import { notOp } from '../../../../../ops/pointwise/not.ts';
import { orOp } from '../../../../../ops/pointwise/or.ts';
import { selectOp } from '../../../../../ops/pointwise/select.ts';
import type { Numeric } from '../../../encode/opcodes.ts';
import { type Lanes, shapes } from '../lanes.ts';
import type { Expression, Site } from './expression.ts';

function compare(lanes: Lanes, { from, attributes }: Site): void {
  const { kind } = attributes as Comparison;
  if (from === 'bool') compareMasks(lanes, kind);
  else if (from === 'i32') lanes.op(kind === 'eq' ? 'i32x4.eq' : `i32x4.${kind}_s`);
  else lanes.op(`${shapes[from]}.${kind}`);
  lanes.maskOf(from);
}

/** False counts as less than true. */
function compareMasks(lanes: Lanes, kind: Comparison['kind']): void {
  const b = lanes.keep();
  const a = lanes.keep();
  if (kind === 'eq') lanes.get(a, b).op('v128.xor', 'v128.not');
  // x andnot y is x and not y.
  else if (kind === 'lt') lanes.get(b, a).op('v128.andnot');
  else if (kind === 'gt') lanes.get(a, b).op('v128.andnot');
  else if (kind === 'le') lanes.get(a, b).op('v128.andnot', 'v128.not');
  else lanes.get(b, a).op('v128.andnot', 'v128.not');
}

const floatFromInteger: { readonly [to: string]: Numeric } = {
  f32: 'f32x4.convert_i32x4_s',
  f64: 'f64x2.convert_low_i32x4_s',
};
/** Saturating, NaN to 0: as the definition says. */
const integerFromFloat: { readonly [from: string]: Numeric } = {
  f32: 'i32x4.trunc_sat_f32x4_s',
  f64: 'i32x4.trunc_sat_f64x2_s_zero',
};

function cast(lanes: Lanes, { from, to }: Site): void {
  if (from === to) return;
  if (to === 'bool') {
    if (from === 'bool') return;
    const zero = lanes.constant(from, 0);
    zero.op(from === 'i32' ? 'i32x4.ne' : `${shapes[from]}.ne`).maskOf(from);
  } else if (from === 'bool') lanes.maskFor(to).constant(to, 1).op('v128.and');
  else if (from === 'i32') lanes.op(floatFromInteger[to]!);
  else if (to === 'i32') lanes.op(integerFromFloat[from]!);
  else lanes.op(to === 'f64' ? 'f64x2.promote_low_f32x4' : 'f32x4.demote_f64x2_zero');
}

/** Comparing, choosing, masks and changes of dtype. */
export const choice: readonly (readonly [AnyOp, Expression])[] = [
  [compareOp, { inputs: ['a', 'b'], emit: compare }],
  [castOp, { inputs: ['x'], emit: cast }],
  [selectOp, { inputs: ['a', 'b', 'condition'], emit: (lanes, { to }) => void lanes.maskFor(to).op('v128.bitselect') }],
  [notOp, { inputs: ['x'], emit: (lanes) => void lanes.op('v128.not') }],
  [andOp, { inputs: ['a', 'b'], emit: (lanes) => void lanes.op('v128.and') }],
  [orOp, { inputs: ['a', 'b'], emit: (lanes) => void lanes.op('v128.or') }],
];
