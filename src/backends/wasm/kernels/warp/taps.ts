import type { Shape } from '../../../../graph/shape.ts';
import type { Type } from '../../../../graph/type.ts';
import { widthOf } from '../../../../ops/warp/interpolation.ts';
import type { SampleAxis } from '../../../../ops/warp/sample.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { nestPieces } from '../window/nest-pieces.ts';
import type { LaneBytes } from '../window/strided-load.ts';
import { axisTaps } from './axis-taps.ts';

/** Where the taps of all positions lie in working memory: tap by tap, each for all positions of a batch entry. */
export interface TapLayout {
  readonly width: number;
  readonly batch: number;
  readonly count: number;
  readonly bytes: LaneBytes;
  /** Bytes from the start of working memory to the weights; before them are places, in bytes from a plane's start. */
  readonly weights: number;
  /** Bytes in all. */
  readonly total: number;
}

/** The layout for positions p[B, axes, M]. */
export function tapLayout(p: Type, axes: readonly SampleAxis[]): TapLayout {
  const [batch, , count] = p.shape as readonly [number, number, number];
  const width = axes.reduce((product, { kernel }) => product * widthOf(kernel), 1);
  const bytes: LaneBytes = p.dtype === 'f64' ? 8 : 4;
  // A vector of places may be read from the last one on.
  const weights = Math.ceil((batch * width * count * 4 + 16) / 16) * 16;
  return { width, batch, count, bytes, weights, total: weights + batch * width * count * bytes };
}

/** Code that fills working memory with what every position reads; once for all channels. */
export function writeTaps(
  code: KernelCode,
  { width, batch, count, bytes, weights }: TapLayout,
  axes: readonly SampleAxis[],
  size: Shape,
  p: number,
  scratch: number,
): void {
  const { f } = code;
  const position = f.local('f64');
  const steps = {
    block: [axes.length * count * bytes, width * count * 4, width * count * bytes],
    element: [bytes, 4, bytes],
  };
  nestPieces(code, batch, count, steps, [p, scratch, scratch + weights], ([from, at, weight]) => {
    const taps = axes.map((axis, k) => {
      f.get(from!).access(bytes === 4 ? 'f32.load' : 'f64.load', k * count * bytes);
      if (bytes === 4) f.op('f64.promote_f32');
      f.set(position);
      return axisTaps(code, axis, size[k]!, position);
    });
    let tap = 0;
    const combine = (k: number, place: Local | undefined, factor: Local | undefined): void => {
      if (k === axes.length) {
        f.get(at!)
          .get(place!)
          .f64(bytes)
          .op('f64.mul')
          .op('i32.trunc_sat_f64_s')
          .access('i32.store', tap * count * 4);
        f.get(weight!).get(factor!);
        if (bytes === 4) f.op('f32.demote_f64').access('f32.store', tap * count * 4);
        else f.access('f64.store', tap * count * 8);
        tap += 1;
        return;
      }
      const { places, weights } = taps[k]!;
      places.forEach((here, d) => {
        if (place === undefined || factor === undefined) {
          combine(k + 1, here, weights[d]);
          return;
        }
        const [joined, product] = [f.local('f64'), f.local('f64')];
        f.get(place).f64(size[k]!).op('f64.mul').get(here).op('f64.add').f64(-1);
        f.get(place).f64(0).op('f64.ge').get(here).f64(0).op('f64.ge').op('i32.and').op('select').set(joined);
        f.get(factor).get(weights[d]!).op('f64.mul').set(product);
        combine(k + 1, joined, product);
      });
    };
    combine(0, undefined, undefined);
  });
}
