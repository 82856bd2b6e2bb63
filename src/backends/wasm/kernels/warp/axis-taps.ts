import { weightsOf } from '../../../../ops/warp/interpolation.ts';
import type { SampleAxis } from '../../../../ops/warp/sample.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';

/** What a position reads along one axis: places (−1 for none) and weights, in float64. */
export interface AxisTaps {
  readonly places: readonly Local[];
  readonly weights: readonly Local[];
}

/** Code that finds what the position in `position` reads along an axis of `size` elements: `tapsOf` of the reference. */
export function axisTaps(code: KernelCode, axis: SampleAxis, size: number, position: Local): AxisTaps {
  const { f } = code;
  const { first, polynomials } = weightsOf(axis.kernel, axis.order);
  const [cell, t, at] = [f.local('f64'), f.local('f64'), f.local('f64')];
  f.get(position);
  if (axis.kernel === 'nearest') {
    f.set(cell);
    outOfRange(cell, () => {
      inside(cell);
      f.set(cell);
    });
    f.get(cell).op('f64.nearest').set(cell);
  } else f.op('f64.floor').set(cell);
  f.get(position).get(cell).op('f64.sub').set(t);
  const places = polynomials.map((_, d) => {
    const place = f.local('f64');
    f.get(cell)
      .f64(first + d)
      .op('f64.add')
      .tee(at)
      .set(place);
    outOfRange(at, () => {
      inside(at);
      f.set(place);
      // Where nothing stands; what is not a number reads the first place, to weigh it with NaN.
      outOfRange(place, () => {
        f.f64(size > 0 ? 0 : -1)
          .f64(-1)
          .get(at)
          .get(at)
          .op('f64.ne')
          .op('select')
          .set(place);
      });
    });
    // Far out, where doubles are sparse, mirroring may give halves: whole places, as an array of integers holds them.
    if (axis.outside === 'symmetric') f.get(place).op('f64.trunc').set(place);
    if (axis.outside === 'zero' && polynomials.length > 1)
      // At the very end of a kernel's reach nothing is read.
      f.f64(-1)
        .get(place)
        .get(position)
        .f64(-polynomials.length / 2)
        .op('f64.le')
        .op('select')
        .set(place);
    return place;
  });
  const weights = polynomials.map((polynomial) => {
    const weight = f.local('f64');
    if (polynomial.length === 0) f.get(t).f64(0).get(t).get(t).op('f64.ne').op('select').set(weight);
    else {
      // From 0, as the reference begins, so that what is infinite gives what it gives there.
      f.f64(0);
      for (const coefficient of polynomial.toReversed()) f.get(t).op('f64.mul').f64(coefficient).op('f64.add');
      f.set(weight);
    }
    return weight;
  });
  return { places, weights };

  function outOfRange(value: Local, body: () => void): void {
    f.get(value).f64(0).op('f64.ge').get(value).f64(size).op('f64.lt').op('i32.and').op('i32.eqz').when(body);
  }

  /** Leaves on the stack where the element at a place outside stands inside: `inside` of the reference. */
  function inside(value: Local): void {
    f.get(value);
    if (axis.outside === 'replicate') clamp();
    else if (axis.outside === 'reflect') {
      if (size === 1) f.op('f64.abs').f64(0).op('f64.lt').op('f64.convert_i32_s');
      else fold(size - 1);
    } else if (axis.outside === 'symmetric') {
      f.f64(0.5).op('f64.add');
      fold(size);
      f.f64(0.5).op('f64.sub');
      clamp();
    }
  }
  function clamp(): void {
    f.f64(0)
      .op('f64.max')
      .f64(size - 1)
      .op('f64.min');
  }
  /** Mirrors the number on the stack at 0 and `span`. */
  function fold(span: number): void {
    const offset = f.local('f64');
    f.op('f64.abs')
      .f64(2 * span)
      .call(code.foreign('fmod'))
      .tee(offset);
    f.f64(2 * span)
      .get(offset)
      .op('f64.sub');
    f.get(offset).f64(span).op('f64.le').op('select');
  }
}
