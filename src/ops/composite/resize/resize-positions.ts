import { fail } from '../../../graph/error.ts';

/**
 * Which input position an output position means; ONNX's names.
 *
 * - `half_pixel`: elements are areas, and their centres are mapped;
 * - `half_pixel_symmetric`: the same, centred also where the result's length had to be rounded;
 * - `pytorch_half_pixel`: `half_pixel`, but a result of one element reads at 0;
 * - `align_corners`: the first and the last elements are mapped to each other;
 * - `asymmetric`: elements are points, the first ones the same;
 * - `tf_half_pixel_for_nn`: `half_pixel` half an element further, of ONNX's opsets 11 and 12;
 * - `tf_crop_and_resize`: as `align_corners`, from the start to the end of a region;
 * - `pytorch_antialias_corners`: the step of `align_corners` from the centre of the first element on: where PyTorch samples
 *   when it is asked for both align_corners and antialias. No name of ONNX's.
 */
export type Coordinates =
  | 'half_pixel'
  | 'half_pixel_symmetric'
  | 'pytorch_half_pixel'
  | 'align_corners'
  | 'asymmetric'
  | 'tf_half_pixel_for_nn'
  | 'tf_crop_and_resize'
  | 'pytorch_antialias_corners';

/** A region of an axis, 0 and 1 the centres of its first and last elements. */
export type Region = readonly [start: number, end: number];

/** An axis of `length` elements that becomes one of `count`. */
export interface ResizedAxis {
  readonly length: number;
  readonly count: number;
  /** By what the length was multiplied, before it was rounded; without it, count / length. */
  readonly factor?: number | undefined;
  /** For `tf_crop_and_resize`. */
  readonly region?: Region | undefined;
}

/** How far apart in the input the outputs' positions are. */
export const stepOf = ({ length, count, factor }: ResizedAxis, coordinates: Coordinates): number =>
  coordinates === 'pytorch_antialias_corners'
    ? cornerStep(length, count)
    : factor === undefined
      ? length / count
      : 1 / factor;

/**
 * The input position that output `i` means.
 *
 * @throws CotangentError `resize/options` for unknown coordinates.
 */
export function positionsOf(axis: ResizedAxis, coordinates: Coordinates): (i: number) => number {
  if (!Object.hasOwn(maps, coordinates))
    fail('resize/options', `unknown coordinates '${coordinates}'`, `use one of ${Object.keys(maps).join(', ')}.`);
  return (i) => maps[coordinates](i, axis);
}

const maps: { readonly [c in Coordinates]: (i: number, axis: ResizedAxis) => number } = {
  half_pixel: (i, axis) => times(i + 0.5, axis) - 0.5,
  half_pixel_symmetric: (i, axis) =>
    (axis.length / 2) * (1 - axis.count / realCount(axis)) + times(i + 0.5, axis) - 0.5,
  pytorch_half_pixel: (i, axis) => (realCount(axis) > 1 ? times(i + 0.5, axis) - 0.5 : 0),
  align_corners: (i, axis) => (i === 0 ? 0 : (i * (axis.length - 1)) / (realCount(axis) - 1)),
  asymmetric: (i, axis) => times(i, axis),
  tf_half_pixel_for_nn: (i, axis) => times(i + 0.5, axis),
  tf_crop_and_resize: (i, axis) => {
    const { length, region: [start, end] = [0, 1] } = axis;
    const span = (end - start) * (length - 1);
    return (realCount(axis) === 1 ? span / 2 : i === 0 ? 0 : (i * span) / (realCount(axis) - 1)) + start * (length - 1);
  },
  pytorch_antialias_corners: (i, { length, count }) => (i + 0.5) * cornerStep(length, count) - 0.5,
};

/** i steps; without rounding where lengths alone set them, so that whole positions come out whole. */
const times = (i: number, { length, count, factor }: ResizedAxis): number =>
  factor === undefined ? (i * length) / count : i * (1 / factor);

/** The length of the result before it was rounded: ONNX's reading of `length_resized`. */
const realCount = ({ length, count, factor }: ResizedAxis): number => (factor === undefined ? count : length * factor);

const cornerStep = (length: number, count: number): number => (count > 1 ? (length - 1) / (count - 1) : 0);
