import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { concat, resize2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { ConvShape } from '../../ops/types/conv-shape.ts';
import type { Multiply } from '../../ops/types/dims.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import { type DTypeOf, type Known, type Option, pairOf } from '../layers/option.ts';
import { type Aligned, type AlignTo, misaligned } from './align-sizes.ts';
import { convUnit } from './conv-unit.ts';
import type { BlockNorm } from './normalisation.ts';

export interface MultiScaleConvOptions {
  readonly in: number;
  /** Channels of each branch. */
  readonly out: number;
  /** Default [1, 2, 4]. */
  readonly strides?: readonly number[];
  /** Default 3. */
  readonly kernel?: number;
  /** What every branch is resized to before they are joined: must be said where sizes differ. */
  readonly alignTo?: AlignTo;
  /** How: `'linear'` (default; averaging where it shrinks) or `'nearest'`. */
  readonly mode?: 'linear' | 'nearest';
  readonly norm?: BlockNorm;
  /** Whether branches end in ReLU; default true. */
  readonly activate?: boolean;
  readonly dtype?: FloatDType;
}

type Strides<O> = Option<O, 'strides', readonly [1, 2, 4], readonly number[]>;

type Result<O extends MultiScaleConvOptions, X extends Shape> =
  ConvShape<2, X, readonly [Multiply<O['out'], Strides<O>['length']>, O['in'], 1, 1]> extends infer Y
    ? Y extends readonly [
        infer N extends number,
        infer C extends number,
        infer H extends number,
        infer W extends number,
      ]
      ? Aligned<H, Strides<O>, Option<O, 'alignTo', undefined>, 0> extends infer Rows
        ? Rows extends number
          ? Aligned<W, Strides<O>, Option<O, 'alignTo', undefined>, 1> extends infer Columns
            ? Columns extends number
              ? [N, C, Rows, Columns]
              : Columns
            : never
          : Rows
        : never
      : Y
    : never;

/** What it does: [N, in, H, W] → [N, out · strides, H', W']. */
export type MultiScaleConv<O extends MultiScaleConvOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, DTypeOf<O>>;

/**
 * Convolutions of several strides side by side, of sizes ⌈H / stride⌉, resized to one and joined along channels
 * (operators.md 11; without the resizing, as in the notes, there is nothing to join): parameters `branches.0`, … in the
 * order of the strides.
 *
 * @throws CotangentError `multi-scale/sizes` when applied, if sizes differ and `alignTo` does not say to what to bring them;
 * `block/rates` for strides that are no whole numbers of at least 1.
 */
export function multiScaleConv<const O extends MultiScaleConvOptions>(
  options: Known<O, MultiScaleConvOptions>,
): Layer<MultiScaleConv<O>> {
  const { in: from, out, strides = [1, 2, 4], kernel = 3, alignTo, mode = 'linear' }: MultiScaleConvOptions = options;
  const { norm = 'none', activate = true, dtype = 'f32' }: MultiScaleConvOptions = options;
  const branches = checkedStrides(strides).map((stride) =>
    convUnit({ in: from, out, kernel, stride, norm, activate, dtype }),
  );
  return layer({ branches }, ({ branches }) => {
    const call = (x: Image): Image => {
      const made = branches.map((branch) => branch(x));
      const size = sizeFor(made, alignTo);
      const aligned = made.map((y) => {
        if (y.shape[2] === size[0] && y.shape[3] === size[1]) return y;
        return resize2d(y, { size, mode, antialias: mode === 'linear' }) as Image;
      });
      return concat(aligned, 1) as Image;
    };
    return typed<MultiScaleConv<O>>(call);
  });
}

function sizeFor(made: readonly Image[], alignTo: AlignTo | undefined): readonly [number, number] {
  if (typeof alignTo === 'number' || typeof alignTo === 'object') return pairOf(alignTo);
  const along = (axis: 2 | 3): number => {
    const sizes = made.map((y) => y.shape[axis]!);
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    if (alignTo === undefined && least !== most)
      throw new CotangentError({
        code: 'multi-scale/sizes',
        summary: misaligned(axis, most, least),
        details: made.map((y, k) => `branch ${k} makes ${y.shape[2]}×${y.shape[3]}`),
        fix: "give alignTo: 'largest', 'smallest' or a size [h, w], to which every branch is resized.",
      });
    return alignTo === 'smallest' ? least : most;
  };
  return [along(2), along(3)];
}

function checkedStrides(strides: readonly number[]): readonly number[] {
  if (strides.length > 0 && strides.every((stride) => Number.isSafeInteger(stride) && stride >= 1)) return strides;
  throw new CotangentError({
    code: 'block/rates',
    summary: `multiScaleConv: [${strides}] are no strides`,
    fix: 'give at least one whole number of 1 or more, such as [1, 2, 4].',
  });
}
