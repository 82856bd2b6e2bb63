import type { Formula, Term } from './formula.ts';

/**
 * e^x = 2^n · e^r with |r| ≤ ln 2 / 2. ln 2 is taken in two parts, of which the product of the first with n is exact.
 * The coefficients for float64 are those of FreeBSD's msun (e_exp.c), for float32 those of Cephes (expf.c).
 */
export function exp(m: Formula, given: Term): Term {
  return m.dtype === 'f64' ? exp64(m, given) : exp32(m, given);
}

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;

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
      1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5, -1.6533902205465251539e-6,
      4.13813679705723846039e-8,
    ],
  );
  const c = m.sub(r, m.mul(t, series));
  const y = m.sub(1, m.sub(m.sub(low, m.div(m.mul(r, c), m.sub(2, c))), high));
  return scale(m, y, n);
}

function exp32(m: Formula, given: Term): Term {
  const x = m.of('pmin', m.of('pmax', given, -105), 90);
  const n = m.one('nearest', m.mul(x, Math.LOG2E));
  const r = m.add(m.sub(x, m.mul(n, 0.693359375)), m.mul(n, 2.1219444e-4));
  const series = m.polynomial(
    r,
    [5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3, 1.98756915e-4],
  );
  return scale(m, m.add(m.add(m.mul(series, m.mul(r, r)), r), 1), n);
}

/** y · 2^n in two steps, so that results below the normal numbers round once and above them overflow. */
export function scale(m: Formula, y: Term, n: Term): Term {
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
