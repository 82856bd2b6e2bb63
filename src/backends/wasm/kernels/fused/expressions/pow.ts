import type { Lanes } from '../lanes.ts';
import { byElement } from './by-element.ts';
import { callWhere } from './call-where.ts';
import { exp } from './exp.ts';
import type { Expression, Site } from './expression.ts';
import { Formula, type Term } from './formula.ts';
import { log } from './log.ts';
import { widen } from './smooth.ts';

/** Powers by numbers that few operations make; undefined for others. NaN to the power 0 is 1. */
function simple(m: Formula, x: Term, exponent: number): Term | undefined {
  const square = (): Term => m.mul(x, x);
  if (exponent === 0) return 1;
  if (exponent === 1) return x;
  if (exponent === 2) return square();
  if (exponent === 3) return m.mul(square(), x);
  if (exponent === -1) return m.div(1, x);
  if (exponent !== 0.5) return undefined;
  // The root of −0 is 0 here, that of −∞ is ∞.
  const root = m.one('sqrt', m.add(x, 0));
  return m.choose(m.of('eq', x, Number.NEGATIVE_INFINITY), Number.POSITIVE_INFINITY, root);
}

/** e^(exponent · log x): exact enough for float32; signs, zeros and infinities as Math has them. */
function general(m: Formula, x: Term, exponent: Term): Term {
  const value = exp(m, m.mul(exponent, log(m, x)));
  const inside = m.bits('v128.and', m.of('gt', x, 0), m.of('lt', x, Number.POSITIVE_INFINITY));
  const finite = m.of('lt', m.one('abs', exponent), Number.POSITIVE_INFINITY);
  return callWhere(m, m.bits('v128.not', m.bits('v128.and', inside, finite)), [x, exponent], value, 'pow');
}

const called = byElement(['x', 'exponent'], 'pow');

function emit(lanes: Lanes, site: Site): void {
  const known = site.uniform[1];
  const m = new Formula(lanes, site.from as 'f32' | 'f64');
  const exponent = m.take();
  const x = m.take();
  const short = known === undefined ? undefined : simple(m, x, known);
  if (short !== undefined) m.push(short);
  else if (site.from === 'f32') widen(lanes, [x, exponent], (wide, [base, power]) => general(wide, base!, power!));
  else {
    m.push(x).push(exponent);
    called.emit(lanes, site);
  }
}

/** x to a power. */
export const pow: Expression = { inputs: ['x', 'exponent'], emit };
