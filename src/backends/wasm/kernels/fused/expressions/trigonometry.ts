import type { Foreign } from '../../foreign.ts';
import type { Formula, Term } from './formula.ts';

/** Beyond this the multiple of π/2 nearest x is not found by three parts of π/2; Math does such elements. */
const large = 2 ** 20;

/** sin or cos in float64; coefficients and parts of π/2 of FreeBSD's msun (k_sin.c, k_cos.c, e_rem_pio2.c). */
export function wave(m: Formula, x: Term, name: 'sin' | 'cos'): Term {
  const n = m.one('nearest', m.mul(x, 2 / Math.PI));
  const first = m.sub(x, m.mul(n, 1.57079632673412561417));
  const second = m.mul(n, 6.0771005063039659766e-11);
  const r = m.sub(first, second);
  const tail = m.sub(m.mul(n, 2.02226624879595063154e-21), m.sub(m.sub(first, r), second));
  const y = m.sub(r, tail);
  const low = m.sub(m.sub(r, y), tail);
  const whole = m.bits('i32x4.trunc_sat_f64x2_s_zero', n);
  const quarter = name === 'sin' ? whole : m.bits('i32x4.add', whole, m.integer(1));
  const z = m.mul(y, y);
  const value = m.choose(bit(m, quarter, 0), cosine(m, y, low, z), sine(m, y, low, z));
  const signed = m.bits('v128.xor', value, m.bits('v128.and', bit(m, quarter, 1), -0));
  // The sine of −0 is −0, which the subtractions lose.
  const near = name === 'sin' ? m.choose(m.of('lt', m.one('abs', x), 2 ** -27), x, signed) : signed;
  return byMathWhere(m, m.of('gt', m.one('abs', x), large), x, near, name);
}

/** A mask: whether a bit of each integer is set. */
const bit = (m: Formula, integers: Term, k: number): Term =>
  m.bits('i64x2.extend_low_i32x4_s', m.shift('i32x4.shr_s', m.shift('i32x4.shl', integers, 31 - k), 31));

function sine(m: Formula, y: Term, low: Term, z: Term): Term {
  const series = m.polynomial(
    z,
    [
      8.33333333332248946124e-3, -1.98412698298579493134e-4, 2.75573137070700676789e-6, -2.50507602534068634195e-8,
      1.58969099521155010221e-10,
    ],
  );
  const v = m.mul(z, y);
  const corrected = m.sub(m.mul(z, m.sub(m.mul(low, 0.5), m.mul(v, series))), low);
  return m.sub(y, m.sub(corrected, m.mul(v, -1.66666666666666324348e-1)));
}

function cosine(m: Formula, y: Term, low: Term, z: Term): Term {
  const series = m.polynomial(
    z,
    [
      4.16666666666666019037e-2, -1.38888888888741095749e-3, 2.48015872894767294178e-5, -2.75573143513906633035e-7,
      2.0875723212981748279e-9, -1.13596475577881948265e-11,
    ],
  );
  const half = m.mul(z, 0.5);
  const w = m.sub(1, half);
  const rest = m.sub(m.mul(z, m.mul(z, series)), m.mul(y, low));
  return m.add(w, m.add(m.sub(m.sub(1, w), half), rest));
}

/** Elements of the mask are done one by one, where there are any. */
function byMathWhere(m: Formula, mask: Term, x: Term, y: Term, name: Foreign): Term {
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
        m.push(x);
        f.lane('f64x2.extract_lane', lane).call(lanes.foreign(name)).lane('f64x2.replace_lane', lane).set(result);
      });
    }
  });
  return { local: result };
}

/** The inverse tangent in float64: x is brought near 0 by one of four known angles; coefficients of msun (s_atan.c). */
export function atan(m: Formula, given: Term): Term {
  const x = m.one('abs', given);
  const ranges: readonly (readonly [number, Term, Term, number, number])[] = [
    [39 / 16, m.sub(x, 1.5), m.add(m.mul(x, 1.5), 1), 9.82793723247329054082e-1, 1.39033110312309984516e-17],
    [19 / 16, m.sub(x, 1), m.add(x, 1), 7.85398163397448278999e-1, 3.06161699786838301793e-17],
    [11 / 16, m.sub(m.add(x, x), 1), m.add(x, 2), 4.63647609000806093515e-1, 2.26987774529616870924e-17],
    [7 / 16, x, 1, 0, 0],
  ];
  let [top, bottom, high, low]: Term[] = [-1, x, 1.570796326794896558, 6.12323399573676603587e-17];
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
      3.33333333333329318027e-1, 1.42857142725034663711e-1, 9.09088713343650656196e-2, 6.66107313738753120669e-2,
      4.97687799461593236017e-2, 1.62858201153657823623e-2,
    ],
  );
  const even = m.polynomial(
    w,
    [
      -1.99999999998764832476e-1, -1.1111110405462355788e-1, -7.69187620504482999495e-2, -5.83357013379057348645e-2,
      -3.6531572744216915527e-2,
    ],
  );
  const series = m.add(m.mul(z, odd), m.mul(w, even));
  const angle = m.sub(high!, m.sub(m.sub(m.mul(t, series), low!), t));
  return m.copySign(m.one('abs', angle), given);
}
