import { power, reduced } from './exp.ts';
import type { Formula, Term } from './formula.ts';

/** e^x − 1 in float64 without loss near 0; coefficients of FreeBSD's msun (s_expm1.c). */
export function expm1(m: Formula, given: Term): Term {
  const x = m.of('pmin', m.of('pmax', given, -60), 710);
  const { n, high, low, r } = reduced(m, x);
  const lost = m.sub(m.sub(high, r), low);
  const half = m.mul(r, 0.5);
  const square = m.mul(r, half);
  const series = m.polynomial(
    square,
    [
      1, -0.03333333333333313, 0.0015873015872548146, -0.0000793650757867488, 0.000004008217827329362,
      -2.0109921818362437e-7,
    ],
  );
  const t = m.sub(3, m.mul(series, half));
  const e = m.mul(square, m.div(m.sub(series, t), m.sub(6, m.mul(r, t))));
  const small = m.sub(r, m.sub(m.sub(m.mul(r, m.sub(e, lost)), lost), square));
  // e^x − 1 = 2 · (2^(n−1) · (e^r − 1) + 2^(n−1) − ½): no factor overflows before the result does.
  const whole = m.bits('i32x4.trunc_sat_f64x2_s_zero', n);
  const factor = power(m, m.bits('i32x4.sub', whole, m.integer(1)));
  const y = m.mul(m.add(m.mul(factor, small), m.sub(factor, 0.5)), 2);
  return m.choose(m.of('lt', m.one('abs', given), 2 ** -54), given, y);
}

/** tanh x = −e / (e + 2) with e = expm1(−2|x|), and the sign of x. */
export function tanh(m: Formula, x: Term): Term {
  const e = expm1(m, m.mul(m.one('abs', x), -2));
  // −e is not below 0; of −0 the sign goes.
  return m.copySign(m.one('abs', m.div(e, m.add(e, 2))), x);
}
