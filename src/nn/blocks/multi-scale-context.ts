import type { FloatDType } from '../../graph/dtype.ts';
import { concat } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Multiply } from '../../ops/types/dims.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known, Option } from '../layers/option.ts';
import { checkedRates } from './checked-rates.ts';
import { convUnit } from './conv-unit.ts';
import type { Kept } from './kept.ts';
import type { BlockNorm } from './normalisation.ts';

export interface MultiScaleContextOptions {
  readonly in: number;
  /** Channels of each branch. */
  readonly out: number;
  /** Default [1, 2, 4, 8]. */
  readonly rates?: readonly number[];
  /** Default 3. */
  readonly kernel?: number;
  readonly norm?: BlockNorm;
  /** Whether branches end in ReLU; default true. */
  readonly activate?: boolean;
  readonly dtype?: FloatDType;
}

type Rates<O> = Option<O, 'rates', readonly [1, 2, 4, 8], readonly number[]>;

/** What it does: [N, in, H, W] → [N, out · rates, H, W]. */
export type MultiScaleContext<O extends MultiScaleContextOptions> = Kept<
  O,
  O['in'],
  Multiply<O['out'], Rates<O>['length']>
>;

/**
 * Dilated convolutions side by side, joined along channels (operators.md 55): parameters `branches.0`, `branches.1`, …, in
 * the order of the rates.
 *
 * @throws CotangentError `block/rates`.
 */
export function multiScaleContext<const O extends MultiScaleContextOptions>(
  options: Known<O, MultiScaleContextOptions>,
): Layer<MultiScaleContext<O>> {
  const {
    in: from,
    out,
    rates = [1, 2, 4, 8],
    kernel = 3,
    norm = 'none',
    activate = true,
    dtype = 'f32',
  }: MultiScaleContextOptions = options;
  const branches = checkedRates('multiScaleContext', rates).map((dilation) =>
    convUnit({ in: from, out, kernel, dilation, norm, activate, dtype }),
  );
  return layer({ branches }, ({ branches }) => {
    const call = (x: Image): Image =>
      concat(
        branches.map((branch) => branch(x)),
        1,
      ) as Image;
    return typed<MultiScaleContext<O>>(call);
  });
}
