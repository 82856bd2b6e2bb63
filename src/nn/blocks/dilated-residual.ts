import type { FloatDType } from '../../graph/dtype.ts';
import { add, relu } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known, Option } from '../layers/option.ts';
import { checkedRates } from './checked-rates.ts';
import { convUnit } from './conv-unit.ts';
import type { Kept } from './kept.ts';
import type { BlockNorm } from './normalisation.ts';

export interface DilatedResidualOptions {
  readonly in: number;
  readonly out: number;
  /** Dilation of both convolutions; default 1. */
  readonly dilation?: number;
  /** Of the first convolution; default 1. */
  readonly stride?: number;
  readonly norm?: BlockNorm;
  /** Whether the sum goes through ReLU, as in ResNets; default false: Y = X + F(X, d). */
  readonly activate?: boolean;
  readonly dtype?: FloatDType;
}

/** What it does: [N, in, H, W] → [N, out, ⌈H / stride⌉, ⌈W / stride⌉]. */
export type DilatedResidual<O extends DilatedResidualOptions> = Kept<
  O,
  O['in'],
  O['out'],
  Option<O, 'stride', 1, number>
>;

/**
 * Y = X + F(X, d) (operators.md 57), F being two dilated 3×3 convolutions with ReLU between: parameters `first`, `second`,
 * and `shortcut`, a 1×1 convolution of X where channels or size change.
 *
 * @throws CotangentError `block/rates` for a dilation that is no whole number of at least 1.
 */
export function dilatedResidual<const O extends DilatedResidualOptions>(
  options: Known<O, DilatedResidualOptions>,
): Layer<DilatedResidual<O>> {
  const {
    in: from,
    out,
    dilation = 1,
    stride = 1,
    norm = 'none',
    activate = false,
    dtype = 'f32',
  }: DilatedResidualOptions = options;
  checkedRates('dilatedResidual', [dilation]);
  const first = convUnit({ in: from, out, dilation, stride, norm, dtype });
  const second = convUnit({ in: out, out, dilation, norm, activate: false, dtype });
  const same = from === out && stride === 1;
  const shortcut = same ? undefined : convLayer({ in: from, out, kernel: 1, stride, bias: false, dtype });
  return layer({ first, second, shortcut }, ({ first, second, shortcut }) => {
    const call = (x: Image): Image => {
      const y = add((shortcut?.(x) ?? x) as Image, second(first(x))) as Image;
      return activate ? (relu(y) as Image) : y;
    };
    return typed<DilatedResidual<O>>(call);
  });
}
