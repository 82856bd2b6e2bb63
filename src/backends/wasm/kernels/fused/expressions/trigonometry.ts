import { callWhere } from './call-where.ts';
import type { Formula, Term } from './formula.ts';

/** Beyond this the multiple of π/2 nearest x is not found by three parts of π/2; Math does such elements. */
const large = 2 ** 20;

/** sin or cos in float64; coefficients and parts of π/2 of FreeBSD's msun (k_sin.c, k_cos.c, e_rem_pio2.c). */
export function wave(m: Formula, x: Term, name: 'sin' | 'cos'): Term {
  const n = m.one('nearest', m.mul(x, 2 / Math.PI));
  const first = m.sub(x, m.mul(n, 1.5707963267341256));
  const second = m.mul(n, 6.077100506303966e-11);
  const r = m.sub(first, second);
  const tail = m.sub(m.mul(n, 2.0222662487959506e-21), m.sub(m.sub(first, r), second));
  const y = m.sub(r, tail);
  const low = m.sub(m.sub(r, y), tail);
  const whole = m.bits('i32x4.trunc_sat_f64x2_s_zero', n);
  const quarter = name === 'sin' ? whole : m.bits('i32x4.add', whole, m.integer(1));
  const z = m.mul(y, y);
  const value = m.choose(bit(m, quarter, 0), cosine(m, y, low, z), sine(m, y, low, z));
  const signed = m.bits('v128.xor', value, m.bits('v128.and', bit(m, quarter, 1), -0));
  // The sine of −0 is −0, which the subtractions lose.
  const near = name === 'sin' ? m.choose(m.of('lt', m.one('abs', x), 2 ** -27), x, signed) : signed;
  return callWhere(m, m.of('gt', m.one('abs', x), large), [x], near, name);
}

/** A mask: whether a bit of each integer is set. */
const bit = (m: Formula, integers: Term, k: number): Term =>
  m.bits('i64x2.extend_low_i32x4_s', m.shift('i32x4.shr_s', m.shift('i32x4.shl', integers, 31 - k), 31));

function sine(m: Formula, y: Term, low: Term, z: Term): Term {
  const series = m.polynomial(
    z,
    [
      0.00833333333332249, -0.0001984126982985795, 0.0000027557313707070068, -2.5050760253406863e-8,
      1.58969099521155e-10,
    ],
  );
  const v = m.mul(z, y);
  const corrected = m.sub(m.mul(z, m.sub(m.mul(low, 0.5), m.mul(v, series))), low);
  return m.sub(y, m.sub(corrected, m.mul(v, -0.16666666666666632)));
}

function cosine(m: Formula, y: Term, low: Term, z: Term): Term {
  const series = m.polynomial(
    z,
    [
      0.0416666666666666, -0.001388888888887411, 0.00002480158728947673, -2.7557314351390663e-7, 2.087572321298175e-9,
      -1.1359647557788195e-11,
    ],
  );
  const half = m.mul(z, 0.5);
  const w = m.sub(1, half);
  const rest = m.sub(m.mul(z, m.mul(z, series)), m.mul(y, low));
  return m.add(w, m.add(m.sub(m.sub(1, w), half), rest));
}

/** The inverse tangent in float64: x is brought near 0 by one of four known angles; coefficients of msun (s_atan.c). */
export function atan(m: Formula, given: Term): Term {
  const x = m.one('abs', given);
  const ranges: readonly (readonly [number, Term, Term, number, number])[] = [
    [39 / 16, m.sub(x, 1.5), m.add(m.mul(x, 1.5), 1), 0.982793723247329, 1.3903311031230998e-17],
    [19 / 16, m.sub(x, 1), m.add(x, 1), 0.7853981633974483, 3.061616997868383e-17],
    [11 / 16, m.sub(m.add(x, x), 1), m.add(x, 2), 0.4636476090008061, 2.2698777452961687e-17],
    [7 / 16, x, 1, 0, 0],
  ];
  let [top, bottom, high, low]: Term[] = [-1, x, 1.5707963267948966, 6.123233995736766e-17];
  for (const [below, ...parts] of ranges) {
    const mask = m.of('lt', x, below);
    [top, bottom, high, low] = [top, bottom, high, low].map((term, k) => m.choose(mask, parts[k]!, term!));
  }
  const t = m.div(top!, bottom!);
  const z = m.mul(t, t);
  const w = m.mul(z, z);
  const odd = m.polynomial(
    w,
    [
      0.3333333333333293, 0.14285714272503466, 0.09090887133436507, 0.06661073137387531, 0.049768779946159324,
      0.016285820115365782,
    ],
  );
  const even = m.polynomial(
    w,
    [-0.19999999999876483, -0.11111110405462356, -0.0769187620504483, -0.058335701337905735, -0.036531572744216916],
  );
  const series = m.add(m.mul(z, odd), m.mul(w, even));
  const angle = m.sub(high!, m.sub(m.sub(m.mul(t, series), low!), t));
  return m.copySign(m.one('abs', angle), given);
}
