import type { ValueType } from '../../../encode/opcodes.ts';
import type { Local } from '../../../encode/wasm-function.ts';
import type { Foreign } from '../../foreign.ts';
import type { Lanes } from '../lanes.ts';
import type { Expression } from './expression.ts';

/**
 * An operator that calls a function of float64 for every element, as the definition does; float32 goes there and back.
 */
export const byElement = (inputs: readonly string[], name: Foreign): Expression => ({
  inputs,
  emit: (lanes, { from }) => {
    const operands = inputs.map(() => lanes.keep()).reverse();
    if (from === 'f64') pairwise(lanes, operands, name);
    else singles(lanes, operands, name);
  },
});

function pairwise(lanes: Lanes, operands: readonly Local[], name: Foreign): void {
  const { f } = lanes;
  const call = (lane: number): void => {
    for (const operand of operands) f.get(operand).lane('f64x2.extract_lane', lane);
    f.call(lanes.foreign(name));
  };
  call(0);
  f.op('f64x2.splat');
  call(1);
  f.lane('f64x2.replace_lane', 1);
}

function singles(lanes: Lanes, operands: readonly Local[], name: Foreign): void {
  const { f, width } = lanes;
  const call = (lane: number): void => {
    for (const operand of operands) f.get(operand).lane('f32x4.extract_lane', lane).op('f64.promote_f32');
    f.call(lanes.foreign(name)).op('f32.demote_f64');
  };
  call(0);
  f.op('f32x4.splat');
  for (let lane = 1; lane < width; lane++) {
    call(lane);
    f.lane('f32x4.replace_lane', lane);
  }
}

/** i32 remainders, which have no vector form; 0 where the divisor is 0. */
export function integerRemainder(lanes: Lanes): void {
  const { f, width } = lanes;
  const b = lanes.keep();
  const a = lanes.keep();
  const type: ValueType = 'i32';
  const divisor = f.local(type);
  const remainder = f.local(type);
  const result = f.local('v128');
  f.i32x4(0).set(result);
  for (let lane = 0; lane < width; lane++) {
    f.i32(0).set(remainder).get(b).lane('i32x4.extract_lane', lane).tee(divisor);
    f.when(() => f.get(a).lane('i32x4.extract_lane', lane).get(divisor).op('i32.rem_s').set(remainder));
    f.get(result).get(remainder).lane('i32x4.replace_lane', lane).set(result);
  }
  f.get(result);
}
