import type { Shape } from '../../../../graph/shape.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { Type } from '../../../../graph/type.ts';
import { widthOf } from '../../../../ops/warp/interpolation.ts';
import type { SampleAxis } from '../../../../ops/warp/sample.ts';
import type { Local } from '../../encode/wasm-function.ts';
import { Formula, type Term } from '../fused/expressions/formula.ts';
import { Lanes } from '../fused/lanes.ts';
import type { KernelCode } from '../kernel.ts';
import { nestPieces } from '../window/nest-pieces.ts';
import type { LaneBytes } from '../window/strided-load.ts';
import { axisTaps, nowhere } from './axis-taps.ts';

/** Where the taps of all positions lie in working memory: tap by tap, each for all positions of a batch entry. */
export interface TapLayout {
  readonly width: number;
  readonly batch: number;
  readonly count: number;
  readonly bytes: LaneBytes;
  /** Bytes from one tap's places to the next one's, of weights `bytes / 4` times as many. */
  readonly pitch: number;
  /** Bytes from the start of working memory to the weights; before them are places, in bytes from a plane's start. */
  readonly weights: number;
  /** Bytes in all. */
  readonly total: number;
}

/** How places are written. */
interface PlaceOptions {
  /** Bytes between neighbouring places of the plane. */
  readonly step: number;
  /** What no place is: below zero, or the place behind the plane with weight 0. */
  readonly none: 'negative' | 'behind';
}

/** The layout for positions p[B, axes, M]. */
export function tapLayout(p: Type, axes: readonly SampleAxis[]): TapLayout {
  const [batch, , count] = p.shape as readonly [number, number, number];
  const width = axes.reduce((product, { kernel }) => product * widthOf(kernel), 1);
  const bytes: LaneBytes = p.dtype === 'f64' ? 8 : 4;
  // Taps are written in pairs and read in vectors, from any one on.
  const pitch = Math.ceil(count / 4) * 16;
  const weights = batch * width * pitch + 16;
  return { width, batch, count, bytes, pitch, weights, total: weights + (batch * width * pitch * bytes) / 4 };
}

/** Code that fills working memory with what every position reads; once for all channels. */
export function writeTaps(
  code: KernelCode,
  { width, batch, count, bytes, pitch, weights }: TapLayout,
  axes: readonly SampleAxis[],
  size: Shape,
  [p, scratch]: readonly [number, number],
  { step, none }: PlaceOptions,
): void {
  const { f } = code;
  const m = new Formula(new Lanes(f, 2, code.foreign), 'f64');
  const weightPitch = (pitch * bytes) / 4;
  const steps = {
    block: [axes.length * count * bytes, width * pitch, width * weightPitch],
    element: [2 * bytes, 8, 2 * bytes],
  };
  const store = (pointer: Local, value: Term, kind: 'places' | 'weights', tap: number): void => {
    f.get(pointer);
    m.push(value);
    if (kind === 'places') f.op('i32x4.trunc_sat_f64x2_s_zero').laneAccess('v128.store64_lane', tap * pitch, 0);
    else if (bytes === 4) f.op('f32x4.demote_f64x2_zero').laneAccess('v128.store64_lane', tap * weightPitch, 0);
    else f.access('v128.store', tap * weightPitch);
  };
  const bases = [p, scratch, scratch + weights];
  nestPieces(code, batch, Math.ceil(count / 2), steps, bases, ([from, at, weight]) => {
    const found = axes.map((axis, k) => {
      f.get(from!);
      if (bytes === 4) f.access('v128.load64_zero', k * count * bytes).op('f64x2.promote_low_f32x4');
      else f.access('v128.load', k * count * bytes);
      return axisTaps(m, axis, size[k]!, m.take());
    });
    let tap = 0;
    const combine = (k: number, place: Term, factor: Term): void => {
      if (k < axes.length) {
        const { places, weights } = found[k]!;
        const row = k === 0 ? 0 : m.mul(place, size[k]!);
        for (const [d, here] of places.entries())
          combine(k + 1, k === 0 ? here : m.add(row, here), k === 0 ? weights[d]! : m.mul(factor, weights[d]!));
        return;
      }
      const missing = m.of('lt', place, 0);
      const known = m.choose(missing, none === 'behind' ? sizeOf(size) : -1, place);
      store(at!, m.mul(known, step), 'places', tap);
      store(weight!, none === 'behind' ? m.choose(missing, 0, factor) : factor, 'weights', tap);
      tap += 1;
    };
    combine(0, nowhere, 1);
  });
}
