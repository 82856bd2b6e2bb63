import { abs, add, cast, equal, exp, floor, less, log, mul, select, sub, type Tensor } from 'cotangent';

/** base to a power per element: NaN for fractional powers of negative numbers, 1 for the power 0. */
export function power(base: Tensor, exponent: Tensor): Tensor {
  const zero = equal(base, 0);
  const half = mul(exponent, 0.5);
  const odd = less(floor(half), half);
  const whole = equal(floor(exponent), exponent);
  const size = exp(mul(exponent, log(select(zero, 1, abs(base)))));
  const negative = select(whole, select(odd, -1, cast(whole, base.dtype)), Number.NaN);
  const atZero = select(
    equal(exponent, 0),
    1,
    select(less(exponent, 0), Number.POSITIVE_INFINITY, sub(exponent, exponent)),
  );
  return select(zero, add(atZero, mul(base, 0)), mul(size, select(less(base, 0), negative, 1)));
}
