import type { Local } from '../../../encode/wasm-function.ts';
import type { Lanes } from '../lanes.ts';
import type { Expression } from './expression.ts';
import { Formula, type Term } from './formula.ts';

type Function = (m: Formula, x: Term) => Term;

/** A function by formulas of its own for either float. */
export const own = (formula: Function): Expression => ({
  inputs: ['x'],
  emit: (lanes, { from }) => {
    const m = new Formula(lanes, from as 'f32' | 'f64');
    m.push(formula(m, m.take()));
  },
});

/** A function by a formula for float64, in which float32 is computed too and then rounded once. */
export const widened = (formula: Function): Expression => ({
  inputs: ['x'],
  emit: (lanes, { from }) => {
    const m = new Formula(lanes, 'f64');
    const x = m.take();
    if (from === 'f64') m.push(formula(m, x));
    else widen(lanes, [x], (wide, [operand]) => formula(wide, operand!));
  },
});

/** Pushes a function of float32 operands, computed two elements at a time by a formula for float64. */
export function widen(
  lanes: Lanes,
  operands: readonly Term[],
  formula: (m: Formula, operands: readonly Term[]) => Term,
): void {
  const m = new Formula(lanes, 'f64');
  const single = new Formula(lanes, 'f32');
  const half = (upper: boolean): Local => {
    const wide = operands.map((operand) => {
      single.push(operand);
      if (upper) {
        single.push(operand);
        lanes.f.shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
      }
      lanes.op('f64x2.promote_low_f32x4');
      return m.take();
    });
    m.push(formula(m, wide));
    lanes.op('f32x4.demote_f64x2_zero');
    return lanes.keep();
  };
  const low = half(false);
  if (lanes.width === 2) lanes.get(low);
  else lanes.get(low, half(true)).f.shuffle([0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]);
}
