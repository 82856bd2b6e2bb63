import { exp } from './exp.ts';
import type { Formula, Term } from './formula.ts';

/**
 * The error function to ten digits, for float32: x · P(x²) up to 1, beyond 1 − e^(−x²) · Q(1 / (1 + x / 2)), both
 * polynomials the Chebyshev approximations of their degree; from 4 on it is 1 in float32.
 */
export function erf(m: Formula, x: Term): Term {
  const size = m.of('pmin', m.one('abs', x), 4);
  const square = m.mul(size, size);
  const near = m.polynomial(
    square,
    [
      1.1283791670946768, -0.3761263888963531, 0.11283791308604582, -0.026866133235095593, 0.005223783477189248,
      -0.0008542637997087229, 0.0001195656256820733, -0.000013909340021874599, 0.000001058938064107502,
    ],
  );
  const tail = m.polynomial(
    m.div(1, m.add(m.mul(size, 0.5), 1)),
    [
      -0.00012089472184371386, 0.28433417028833025, 0.26404565293926985, 0.3292060511070041, -0.054467602693586865,
      0.4809262990241598, -0.38577888766802826, 0.06918565973952513, 0.012768445934961778,
    ],
  );
  const far = m.sub(1, m.mul(exp(m, m.one('neg', square)), tail));
  return m.choose(m.of('lt', size, 1), m.mul(x, near), m.copySign(far, x));
}
