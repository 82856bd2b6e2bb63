import type { Formula, Term } from './formula.ts';

/**
 * log x = k ln 2 + log m with m between √½ and √2.
 * The coefficients for float64 are those of FreeBSD's msun (e_log.c, s_log1p.c), for float32 those of Cephes (logf.c).
 */
export function log(m: Formula, x: Term): Term {
  const tiny = m.of('lt', x, m.dtype === 'f64' ? 2 ** -1022 : 2 ** -126);
  const steps = m.dtype === 'f64' ? 54 : 24;
  const normal = m.choose(tiny, m.mul(x, 2 ** steps), x);
  const { k, mantissa } = apart(m, normal);
  const exponent = m.sub(k, m.bits('v128.and', tiny, steps));
  const y = m.dtype === 'f64' ? log64(m, exponent, m.sub(mantissa, 1), 0) : log32(m, exponent, m.sub(mantissa, 1));
  return beyond(m, y, x, x);
}

/** log(1 + x): what 1 + x loses comes in again by its first order. */
export function log1p(m: Formula, x: Term): Term {
  const u = m.add(x, 1);
  const { k, mantissa } = apart(m, u);
  const near = m.of('eq', k, 0);
  const lost = m.choose(m.of('gt', u, 2), m.sub(1, m.sub(u, x)), m.sub(x, m.sub(u, 1)));
  const c = m.choose(near, 0, m.div(lost, u));
  const f = m.choose(near, x, m.sub(mantissa, 1));
  const y = m.dtype === 'f64' ? log64(m, k, f, c) : m.add(log32(m, k, f), c);
  return m.choose(m.of('eq', x, 0), x, beyond(m, y, x, u));
}

/** x = 2^k · mantissa, k as a float. */
function apart(m: Formula, x: Term): { readonly k: Term; readonly mantissa: Term } {
  if (m.dtype === 'f32') {
    const k = m.shift('i32x4.shr_s', m.bits('i32x4.sub', x, m.integer(0x3f3504f3)), 23);
    const mantissa = m.bits('i32x4.sub', x, m.shift('i32x4.shl', k, 23));
    return { k: m.bits('f32x4.convert_i32x4_s', k), mantissa };
  }
  m.push(x).push(x).lanes.f.shuffle([4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15]);
  const high = m.take();
  const k = m.shift('i32x4.shr_s', m.bits('i32x4.sub', high, m.integer(0x3fe6a09e)), 20);
  const shifted = m.shift('i64x2.shl', m.bits('i64x2.extend_low_i32x4_s', k), 52);
  return { k: m.bits('f64x2.convert_low_i32x4_s', k), mantissa: m.bits('i64x2.sub', x, shifted) };
}

/** k ln 2 + log(1 + f) + c. */
function log64(m: Formula, k: Term, f: Term, c: Term): Term {
  const s = m.div(f, m.add(f, 2));
  const z = m.mul(s, s);
  const w = m.mul(z, z);
  const even = m.polynomial(w, [0.3999999999940942, 0.22222198432149784, 0.15313837699209373]);
  const odd = m.polynomial(w, [0.6666666666666735, 0.2857142874366239, 0.1818357216161805, 0.14798198605116586]);
  const series = m.add(m.mul(z, odd), m.mul(w, even));
  const half = m.mul(m.mul(f, 0.5), f);
  const low = m.add(m.mul(k, 1.9082149292705877e-10), c);
  const rest = m.sub(m.sub(half, m.add(m.mul(s, m.add(half, series)), low)), f);
  return m.sub(m.mul(k, 0.6931471803691238), rest);
}

function log32(m: Formula, k: Term, f: Term): Term {
  const series = m.polynomial(
    f,
    [
      0.33333331174, -0.24999993993, 0.20000714765, -0.16668057665, 0.14249322787, -0.12420140846, 0.1167699874,
      -0.1151461031, 0.070376836292,
    ],
  );
  const square = m.mul(f, f);
  const y = m.add(m.mul(m.mul(series, f), square), m.mul(k, -0.00021219444));
  return m.add(m.add(m.sub(y, m.mul(square, 0.5)), f), m.mul(k, 0.693359375));
}

/** Infinity and NaN stay, the logarithm of u = 0 is −∞ and of u < 0 NaN. */
function beyond(m: Formula, y: Term, x: Term, u: Term): Term {
  const finite = m.choose(m.of('lt', x, Number.POSITIVE_INFINITY), y, x);
  const atZero = m.choose(m.of('eq', u, 0), Number.NEGATIVE_INFINITY, finite);
  return m.choose(m.of('lt', u, 0), Number.NaN, atZero);
}
