import { type Arrays, type Backend, compile } from '../../backends/index.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, type Type } from '../../graph/type.ts';
import { cast } from '../../ops/index.ts';

/** What is shifted, and how. */
export interface ShiftOptions {
  /** What is fed: [1, channels, H, W]. */
  readonly type: Type<readonly number[], FloatDType>;
  /** The image that windows of that size are cut from, [channels, ≥ H, ≥ W + the largest shift]. */
  readonly image: NdArray;
  /** Shifts to the left in pixels; 0 to twice the stride unless given. */
  readonly shifts?: readonly number[];
  /** Results this near to the border, in elements of the result, are left out; a quarter of its width unless given. */
  readonly margin?: number;
  /** Values of the parameters and states that the function declares. */
  readonly values?: Arrays;
  readonly backend?: Backend;
}

/** How much of what a shift should leave alone changes. */
export interface ShiftConsistency {
  readonly shift: number;
  /** By how many elements of the result that is closest to. */
  readonly moved: number;
  /** The largest difference between the result of the shifted image and the shifted result. */
  readonly largest: number;
  /** The root of the mean of its squares over that of the result itself: 0 is consistent. */
  readonly relative: number;
}

/**
 * How far a function of images is from what is claimed of pooling, that small shifts change nothing (operators.md 3): f(shift x) beside shift f(x), by
 * as many elements as come nearest. A stride is consistent at its multiples at best.
 *
 * @throws CotangentError `shift/image` for an image too small to cut from, `response/shape` for anything but one image.
 */
export function shiftConsistency(f: (x: Tensor) => Tensor, options: ShiftOptions): ShiftConsistency[] {
  const { type, image, values = {}, backend } = options;
  const [, channels = 0, height = 0, width = 0] = type.shape;
  const g = new GraphBuilder();
  const y = f(g.input('x', type));
  if (type.shape.length !== 4 || type.shape[0] !== 1 || y.shape.length !== 4)
    throw new CotangentError({
      code: 'response/shape',
      summary: `the function makes [${y.shape}] of [${type.shape}]`,
      fix: 'look at a function of one image, [1, channels, H, W].',
    });
  const columns = y.shape[3]!;
  const stride = width / columns;
  const { shifts = Array.from({ length: 2 * Math.ceil(stride) + 1 }, (_, k) => k) } = options;
  const { margin = Math.ceil(columns / 4) } = options;
  const furthest = Math.max(0, ...shifts);
  if (image.shape[0] !== channels || (image.shape[1] ?? 0) < height || (image.shape[2] ?? 0) < width + furthest)
    throw new CotangentError({
      code: 'shift/image',
      summary: `an image of [${image.shape}] for windows of [${type.shape.slice(1)}], shifted by up to ${furthest}`,
      fix: `give an image of at least [${channels}, ${height}, ${width + furthest}].`,
    });
  const executable = compile(g.build({ y: cast(y, 'f64') }), backend === undefined ? {} : { backend });
  for (const [name, value] of Object.entries(values)) executable.write(name, value);
  const at = (shift: number): NdArray => {
    const { data } = executable.run({ x: cut(image, type, shift) }).y!;
    return array(f64(...y.shape), [...data]);
  };
  const still = at(0);
  const found = shifts.map((shift) => difference(at(shift), still, shift, Math.round(shift / stride), margin));
  executable.close();
  return found;
}

function difference(shifted: NdArray, still: NdArray, shift: number, moved: number, margin: number): ShiftConsistency {
  const [, channels = 0, rows = 0, columns = 0] = still.shape;
  let [largest, squares, own] = [0, 0, 0];
  for (let line = 0; line < channels * rows; line++)
    for (let c = margin; c + moved < columns - margin; c++) {
      const expected = still.data[line * columns + c + moved]!;
      const apart = Math.abs(shifted.data[line * columns + c]! - expected);
      largest = Math.max(largest, apart);
      squares += apart ** 2;
      own += expected ** 2;
    }
  return { shift, moved, largest, relative: own === 0 ? 0 : Math.sqrt(squares / own) };
}

function cut(image: NdArray, type: Type, left: number): NdArray {
  const [, channels = 0, height = 0, width = 0] = type.shape;
  const [, rows = 0, columns = 0] = image.shape;
  const window = array(type);
  let to = 0;
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++) {
      const from = (c * rows + y) * columns + left;
      for (let x = 0; x < width; x++) window.data[to++] = image.data[from + x]!;
    }
  return window;
}
