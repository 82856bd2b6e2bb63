import type { FloatDType } from '../../graph/dtype.ts';
import { broadcastTo, concat, globalPool } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Add, Multiply } from '../../ops/types/dims.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known, Option } from '../layers/option.ts';
import { checkedRates } from './checked-rates.ts';
import { convUnit } from './conv-unit.ts';
import type { Kept } from './kept.ts';
import type { BlockNorm } from './normalisation.ts';

export interface AsppOptions {
  readonly in: number;
  /** Channels of each branch, and after the projection. */
  readonly out: number;
  /**
   * `'deeplab'` (default; DeepLabv3): a 1×1 branch for rate 1, then 3×3 ones, image pooling, a 1×1 projection, ReLU after each.
   * `'seed'`: every branch 3×3, rate 1 too, image pooling; all joined, no projection and no activation.
   */
  readonly preset?: 'seed' | 'deeplab';
  /** Dilation rates; default [1, 6, 12, 18]. */
  readonly rates?: readonly number[];
  readonly norm?: BlockNorm;
  readonly dtype?: FloatDType;
}

type Rates<O> = Option<O, 'rates', readonly [1, 6, 12, 18], readonly number[]>;

/** What it does: [N, in, H, W] → [N, out, H, W]; the seeds' has out · (rates + 1) channels. */
export type Aspp<O extends AsppOptions> = Kept<
  O,
  O['in'],
  Option<O, 'preset', 'deeplab'> extends infer P
    ? [P] extends ['deeplab']
      ? O['out']
      : [P] extends ['seed']
        ? Multiply<O['out'], Add<Rates<O>['length'], 1>>
        : number
    : never
>;

/**
 * Atrous spatial pyramid pooling (operators.md 56): dilated convolutions side by side and the mean of the image, joined.
 * Parameters `branches.0`, … in the order of the rates, `image`, and `project`.
 *
 * @throws CotangentError `block/rates`.
 */
export function aspp<const O extends AsppOptions>(options: Known<O, AsppOptions>): Layer<Aspp<O>> {
  const {
    in: from,
    out,
    preset = 'deeplab',
    rates = [1, 6, 12, 18],
    norm = 'none',
    dtype = 'f32',
  }: AsppOptions = options;
  const deeplab = preset === 'deeplab';
  const unit = { out, norm, activate: deeplab, dtype };
  const branches = checkedRates('aspp', rates).map((dilation) =>
    convUnit({ ...unit, in: from, dilation, kernel: deeplab && dilation === 1 ? 1 : 3 }),
  );
  // One number per channel and image: a norm over the batch would have nothing to go by but the batch.
  const image = convUnit({ ...unit, in: from, kernel: 1, norm: 'none' });
  const project = deeplab ? convUnit({ ...unit, in: (rates.length + 1) * out, kernel: 1 }) : undefined;
  return layer({ branches, image, project }, ({ branches, image, project }) => {
    const call = (x: Image): Image => {
      const local = branches.map((branch) => branch(x));
      const whole = image(globalPool(x, { kind: 'avg' }) as Image);
      const joined = concat([...local, broadcastTo(whole, local[0]!.shape)], 1) as Image;
      return project?.(joined) ?? joined;
    };
    return typed<Aspp<O>>(call);
  });
}
