import type { FloatDType } from '../../graph/dtype.ts';
import { concat } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Add, Multiply } from '../../ops/types/dims.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known, Option } from '../layers/option.ts';
import { checkedRates } from './checked-rates.ts';
import { convUnit } from './conv-unit.ts';
import type { Kept } from './kept.ts';
import type { BlockNorm } from './normalisation.ts';

export interface DenseDilatedOptions {
  readonly in: number;
  /** Channels that each convolution adds. */
  readonly growth: number;
  /** Default [1, 2, 4, 8]. */
  readonly rates?: readonly number[];
  readonly norm?: BlockNorm;
  readonly dtype?: FloatDType;
}

type Rates<O> = Option<O, 'rates', readonly [1, 2, 4, 8], readonly number[]>;

/** What it does: [N, in, H, W] → [N, in + growth · rates, H, W]. */
export type DenseDilated<O extends DenseDilatedOptions> = Kept<
  O,
  O['in'],
  Add<O['in'], Multiply<O['growth'], Rates<O>['length']>>
>;

/**
 * Dilated 3×3 convolutions with ReLU, each reading the input and all results before it, all joined (operators.md 58, the
 * second cure for gridding: what one leaves out another has read): parameters `stages.0`, ….
 *
 * @throws CotangentError `block/rates`.
 */
export function denseDilated<const O extends DenseDilatedOptions>(
  options: Known<O, DenseDilatedOptions>,
): Layer<DenseDilated<O>> {
  const { in: from, growth, rates = [1, 2, 4, 8], norm = 'none', dtype = 'f32' }: DenseDilatedOptions = options;
  const stages = checkedRates('denseDilated', rates).map((dilation, k) =>
    convUnit({ in: from + k * growth, out: growth, dilation, norm, dtype }),
  );
  return layer({ stages }, ({ stages }) => {
    const call = (x: Image): Image => stages.reduce((y, stage) => concat([y, stage(y)], 1) as Image, x);
    return typed<DenseDilated<O>>(call);
  });
}
