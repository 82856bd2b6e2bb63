import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import { adaptiveAvgPool2d, type Coordinates, concat, resize2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Add, FloorDiv, Multiply } from '../../ops/types/dims.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known, Option } from '../layers/option.ts';
import { convUnit } from './conv-unit.ts';
import type { Kept } from './kept.ts';
import type { BlockNorm } from './normalisation.ts';

export interface PspOptions {
  readonly in: number;
  /** Cells per side of each grid; default [1, 2, 3, 6]. */
  readonly bins?: readonly number[];
  /**
   * Channels that a 1×1 convolution leaves of each grid, so that all grids together add about as many as there were;
   * default ⌊in / bins⌋. `'none'` leaves them as they are, as the seeds do.
   */
  readonly reduce?: number | 'none';
  readonly norm?: BlockNorm;
  /** How the grids are enlarged, linearly; default `'half_pixel'` (the paper's code has `'align_corners'`). */
  readonly coordinates?: Coordinates;
  readonly dtype?: FloatDType;
}

type Bins<O> = Option<O, 'bins', readonly [1, 2, 3, 6], readonly number[]>['length'];

type Reduced<O extends PspOptions> =
  Option<O, 'reduce', undefined> extends infer R
    ? R extends 'none'
      ? O['in']
      : R extends number
        ? R
        : FloorDiv<O['in'], Bins<O>>
    : never;

/** What it does: [N, in, H, W] → [N, in + bins · reduce, H, W]. */
export type Psp<O extends PspOptions> = Kept<O, O['in'], Add<O['in'], Multiply<Bins<O>, Reduced<O>>>>;

/**
 * Pyramid scene parsing (operators.md 19): x joined with its means over coarse grids, each reduced by a 1×1 convolution with
 * ReLU and enlarged again. Parameters `branches.0`, … in the order of the bins.
 *
 * @throws CotangentError `block/bins` for bins or reduced channels that are no whole numbers of at least 1.
 */
export function psp<const O extends PspOptions>(options: Known<O, PspOptions>): Layer<Psp<O>> {
  const {
    in: from,
    bins = [1, 2, 3, 6],
    norm = 'none',
    coordinates = 'half_pixel',
    dtype = 'f32',
  }: PspOptions = options;
  const { reduce = Math.floor(from / bins.length) }: PspOptions = options;
  const whole = (n: number): boolean => Number.isSafeInteger(n) && n >= 1;
  if (bins.length === 0 || !bins.every(whole) || (reduce !== 'none' && !whole(reduce)))
    throw new CotangentError({
      code: 'block/bins',
      summary: `psp: bins [${bins}] with ${reduce} channels each of ${from}`,
      fix: 'give at least one grid of at least 1 cell, and reduce: at least 1 channel.',
    });
  const branches = reduce === 'none' ? [] : bins.map(() => convUnit({ in: from, out: reduce, kernel: 1, norm, dtype }));
  return layer({ branches }, ({ branches }) => {
    const call = (x: Image): Image => {
      const size = x.shape.slice(2);
      const grids = bins.map((n, k) => {
        const means = adaptiveAvgPool2d(x, n) as Image;
        return resize2d(branches[k]?.(means) ?? means, { size, mode: 'linear', coordinates }) as Image;
      });
      return concat([x, ...grids], 1) as Image;
    };
    return typed<Psp<O>>(call);
  });
}
