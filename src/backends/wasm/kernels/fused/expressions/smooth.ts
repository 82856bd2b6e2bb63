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
    if (from === 'f64') {
      m.push(formula(m, m.take()));
      return;
    }
    const x = lanes.keep();
    const low = half(lanes, m, formula, () => lanes.get(x));
    if (lanes.width === 2) {
      lanes.get(low);
      return;
    }
    const high = half(lanes, m, formula, () =>
      lanes.get(x, x).f.shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]),
    );
    lanes.get(low, high).f.shuffle([0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]);
  },
});

function half(lanes: Lanes, m: Formula, formula: Function, push: () => void): Local {
  push();
  lanes.op('f64x2.promote_low_f32x4');
  m.push(formula(m, m.take()));
  lanes.op('f32x4.demote_f64x2_zero');
  return lanes.keep();
}
