import type { FloatDType } from '../../graph/dtype.ts';
import type { Conv } from '../layers/conv-layer.ts';
import type { DTypeOf } from '../layers/option.ts';

/** Images that keep their size and change their channels: what a 1×1 convolution does to sizes. */
export type Kept<
  O extends { readonly dtype?: FloatDType },
  In extends number,
  Out extends number,
  Stride extends number | readonly [number, number] = 1,
> = Conv<{
  readonly in: In;
  readonly out: Out;
  readonly kernel: 1;
  readonly stride: Stride;
  readonly dtype: DTypeOf<O>;
}>;
