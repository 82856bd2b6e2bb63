import { weightsOf } from '../../../../ops/warp/interpolation.ts';
import type { SampleAxis } from '../../../../ops/warp/sample.ts';
import { callWhere } from '../fused/expressions/call-where.ts';
import type { Formula, Term } from '../fused/expressions/formula.ts';

/** So far before the plane that no sum with places inside, or multiple of it, comes back into it. */
export const nowhere: number = -(2 ** 40);

/** What two positions read along one axis, in float64: places (`nowhere` for none) and weights. */
export interface AxisTaps {
  readonly places: readonly Term[];
  readonly weights: readonly Term[];
}

/** Formulas for what two positions read along an axis of `size` elements: `tapsOf` of the reference. */
export function axisTaps(m: Formula, axis: SampleAxis, size: number, position: Term): AxisTaps {
  const { first, polynomials } = weightsOf(axis.kernel, axis.order);
  const cell =
    axis.kernel === 'nearest'
      ? m.one('nearest', m.choose(within(position), position, inside(position)))
      : m.one('floor', position);
  const t = m.sub(position, cell);
  const places = polynomials.map((_, d) => placeOf(first + d === 0 ? cell : m.add(cell, first + d)));
  const weights = polynomials.map((polynomial) =>
    polynomial.length === 0
      ? m.choose(m.of('eq', t, t), 0, t)
      : // From 0, as the reference begins, so that what is infinite gives what it gives there.
        polynomial.reduceRight<Term>((sum, coefficient) => m.add(m.mul(sum, t), coefficient), 0),
  );
  return { places, weights };

  function placeOf(at: Term): Term {
    const here = within(at);
    // Where nothing stands; what is not a number reads the first place, to weigh it with NaN.
    const none = size > 0 ? m.choose(m.of('eq', at, at), nowhere, 0) : nowhere;
    let place: Term;
    if (axis.outside === 'zero') place = m.choose(here, at, none);
    else {
      const mirrored = inside(at);
      place = m.choose(here, at, m.choose(within(mirrored), mirrored, none));
    }
    // Far out, where doubles are sparse, mirroring may give halves: whole places, as an array of integers holds them.
    if (axis.outside === 'symmetric') place = m.one('trunc', place);
    // At the very end of a kernel's reach nothing is read.
    if (axis.outside === 'zero' && polynomials.length > 1)
      place = m.choose(m.of('ge', -polynomials.length / 2, position), nowhere, place);
    return place;
  }

  function within(at: Term): Term {
    return m.bits('v128.and', m.of('ge', at, 0), m.of('lt', at, size));
  }
  /** Where the element at a place outside stands inside: `inside` of the reference. */
  function inside(at: Term): Term {
    if (axis.outside === 'replicate') return clamp(at);
    if (axis.outside === 'symmetric') return clamp(m.sub(fold(m.add(at, 0.5), size), 0.5));
    if (axis.outside === 'reflect') return size === 1 ? 0 : fold(at, size - 1);
    return at;
  }
  function clamp(at: Term): Term {
    return m.of('pmin', m.of('pmax', at, 0), size - 1);
  }
  /** Mirrors at 0 and `span`. */
  function fold(at: Term, span: number): Term {
    const distance = m.one('abs', at);
    const far = m.bits('v128.not', m.of('lt', distance, 2 * span));
    const offset = callWhere(m, far, [distance, 2 * span], distance, 'fmod');
    return m.choose(m.of('ge', span, offset), offset, m.sub(2 * span, offset));
  }
}
