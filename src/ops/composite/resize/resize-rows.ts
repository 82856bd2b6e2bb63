import type { Row } from '../../window/weight-table.ts';
import { windowsOf } from '../pooling/adaptive-windows.ts';
import { type Filter, lanczos, nearest, polynomial, type Rounding } from './resize-filter.ts';
import type { FullMode } from './resize-mode.ts';
import { type Coordinates, positionsOf, type ResizedAxis, stepOf } from './resize-positions.ts';

/** How an axis is sampled: the options of `resize` with their defaults. */
export interface Sampling {
  readonly mode: FullMode;
  readonly coordinates: Coordinates;
  readonly rounding: Rounding;
  readonly antialias: boolean;
  readonly excludeOutside: boolean;
}

/** What every output position reads of an axis. Nothing where `tf_crop_and_resize` looks beyond its ends. */
export function resizeRows(axis: ResizedAxis, sampling: Sampling): Row[] {
  const { mode, coordinates, antialias, excludeOutside } = sampling;
  if (mode === 'area')
    return windowsOf(axis.length, axis.count).map((window) => window.map((at) => [at, 1 / window.length] as const));
  const at = positionsOf(axis, coordinates);
  const filter = filterOf(sampling, antialias ? Math.max(1, stepOf(axis, coordinates)) : 1);
  const whole = antialias || (typeof mode === 'object' && 'lanczos' in mode);
  const cropped = coordinates === 'tf_crop_and_resize';
  return Array.from({ length: axis.count }, (_, i) => {
    const position = at(i);
    if (cropped && !(position >= 0 && position <= axis.length - 1)) return [];
    return inAxis(filter(position), axis.length, excludeOutside, whole);
  });
}

function filterOf({ mode, rounding }: Sampling, stretch: number): Filter {
  if (mode === 'nearest' || mode === 'area') return nearest(rounding);
  if (mode === 'linear') return polynomial('linear', stretch);
  return 'cubic' in mode ? polynomial(mode, stretch) : lanczos(mode.lanczos, stretch);
}

/**
 * Taps outside the axis moved to its ends or left out, weights made to sum to 1 where that or the kernel (`whole`) asks for
 * it. Taps that are left out and have all the weight are moved all the same.
 */
function inAxis(taps: Row, length: number, exclude: boolean, whole: boolean): Row {
  const within = exclude ? taps.filter(([source]) => source >= 0 && source < length) : taps;
  const sum = total(within);
  if (exclude && sum === 0) return inAxis(taps, length, false, whole);
  const weights = new Map<number, number>();
  for (const [source, weight] of within) {
    const inside = Math.min(Math.max(source, 0), length - 1);
    const part = whole || exclude ? weight / sum : weight;
    if (part !== 0) weights.set(inside, (weights.get(inside) ?? 0) + part);
  }
  return [...weights];
}

const total = (taps: Row): number => taps.reduce((sum, [, weight]) => sum + weight, 0);
