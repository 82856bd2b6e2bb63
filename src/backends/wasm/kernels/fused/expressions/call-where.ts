import type { Foreign } from '../../foreign.ts';
import type { Formula, Term } from './formula.ts';

/** y, but where the mask holds, the function of Math of the operands, one element at a time; two lanes of float64. */
export function callWhere(m: Formula, mask: Term, operands: readonly Term[], y: Term, name: Foreign): Term {
  const { lanes } = m;
  const { f } = lanes;
  m.push(y);
  const result = lanes.keep();
  m.push(mask);
  f.op('v128.any_true').when(() => {
    for (const lane of [0, 1]) {
      m.push(mask);
      f.lane('i32x4.extract_lane', 2 * lane).when(() => {
        f.get(result);
        for (const operand of operands) {
          m.push(operand);
          f.lane('f64x2.extract_lane', lane);
        }
        f.call(lanes.foreign(name)).lane('f64x2.replace_lane', lane).set(result);
      });
    }
  });
  return { local: result };
}
