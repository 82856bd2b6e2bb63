import type { Formula, Term } from './formula.ts';

/**
 * e^x = 2^n · e^r with |r| ≤ ln 2 / 2. ln 2 is taken in two parts, of which the product of the first with n is exact.
 * The coefficients for float64 are those of FreeBSD's msun (e_exp.c), for float32 those of Cephes (expf.c).
 */
export function exp(m: Formula, given: Term): Term {
  return m.dtype === 'f64' ? exp64(m, given) : exp32(m, given);
}

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

/** n and r = high − low, with what is lost in the difference; x within what has a finite exponential. */
export function reduced(m: Formula, x: Term): { n: Term; high: Term; low: Term; r: Term } {
  const n = m.one('nearest', m.mul(x, Math.LOG2E));
  const high = m.sub(x, m.mul(n, ln2High));
  const low = m.mul(n, ln2Low);
  return { n, high, low, r: m.sub(high, low) };
}

function exp64(m: Formula, given: Term): Term {
  // NaN passes both: comparisons with it do not hold.
  const x = m.of('pmin', m.of('pmax', given, -746), 710);
  const { n, high, low, r } = reduced(m, x);
  const t = m.mul(r, r);
  const series = m.polynomial(
    t,
    [
      0.16666666666666602, -0.0027777777777015593, 0.00006613756321437934, -0.0000016533902205465252,
      4.1381367970572385e-8,
    ],
  );
  const c = m.sub(r, m.mul(t, series));
  const y = m.sub(1, m.sub(m.sub(low, m.div(m.mul(r, c), m.sub(2, c))), high));
  return scale(m, y, n);
}

function exp32(m: Formula, given: Term): Term {
  const x = m.of('pmin', m.of('pmax', given, -105), 90);
  const n = m.one('nearest', m.mul(x, Math.LOG2E));
  const r = m.add(m.sub(x, m.mul(n, 0.693359375)), m.mul(n, 0.00021219444));
  const series = m.polynomial(
    r,
    [0.50000001201, 0.16666665459, 0.041665795894, 0.0083334519073, 0.0013981999507, 0.000198756915],
  );
  return scale(m, m.add(m.add(m.mul(series, m.mul(r, r)), r), 1), n);
}

/** y · 2^n in two steps, so that results below the normal numbers round once and above them overflow. */
function scale(m: Formula, y: Term, n: Term): Term {
  const whole = m.bits(m.dtype === 'f64' ? 'i32x4.trunc_sat_f64x2_s_zero' : 'i32x4.trunc_sat_f32x4_s', n);
  const half = m.shift('i32x4.shr_s', whole, 1);
  const rest = m.bits('i32x4.sub', whole, half);
  return m.mul(m.mul(y, power(m, half)), power(m, rest));
}

/** 2^n as a float, from n as 32-bit integers. */
export function power(m: Formula, n: Term): Term {
  if (m.dtype === 'f32') return m.shift('i32x4.shl', m.bits('i32x4.add', n, m.integer(127)), 23);
  return m.shift('i64x2.shl', m.bits('i64x2.extend_low_i32x4_s', m.bits('i32x4.add', n, m.integer(1023))), 52);
}
