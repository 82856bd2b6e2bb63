import { fail } from '../../graph/error.ts';
import type { Row } from '../window/weight-table.ts';
import type { Filter } from './resize-filter.ts';

/** Which input position an output position means; ONNX's names. */
export type Coordinates = 'half_pixel' | 'pytorch_half_pixel' | 'align_corners' | 'asymmetric';

/** An axis to resize: to `count` elements, the samples `step` input elements apart. */
export interface ResizedAxis {
  readonly length: number;
  readonly count: number;
  readonly step: number;
}

const maps: { readonly [c in Coordinates]: (i: number, axis: ResizedAxis) => number } = {
  /** Pixels are areas: their centres are mapped. */
  half_pixel: (i, { step }) => (i + 0.5) * step - 0.5,
  /** The same, but a result of one pixel reads at 0. */
  pytorch_half_pixel: (i, { step, count }) => (count > 1 ? (i + 0.5) * step - 0.5 : 0),
  /** The first and last elements are mapped to each other, whatever the step. */
  align_corners: (i, { length, count }) => (count > 1 ? (i * (length - 1)) / (count - 1) : 0),
  /** Pixels are points, the first ones the same. */
  asymmetric: (i, { step }) => i * step,
};

/** One row per output position: what the filter reads there. Beyond the ends the end elements stand for all others. */
export function resizeRows(axis: ResizedAxis, coordinates: Coordinates, filter: Filter): Row[] {
  if (!Object.hasOwn(maps, coordinates))
    fail('resize/options', `unknown coordinates '${coordinates}'`, `use one of ${Object.keys(maps).join(', ')}.`);
  return Array.from({ length: axis.count }, (_, i) => {
    const weights = new Map<number, number>();
    for (const [source, weight] of filter(maps[coordinates](i, axis))) {
      const inside = Math.min(Math.max(source, 0), axis.length - 1);
      if (weight !== 0) weights.set(inside, (weights.get(inside) ?? 0) + weight);
    }
    return [...weights];
  });
}
