import type { Shape } from '../../graph/shape.ts';
import type { Add, FloorDiv, Multiply } from '../../ops/types/dims.ts';
import type { ShowShape } from '../../ops/types/show-shape.ts';

/** What a U-Net says when a feature map and its skip differ in size, at compile time and at run time. */
type SkipMisfit<
  Level extends number,
  Axis extends number,
  Skip extends number,
  Up extends number,
> = `unet/skip: at level ${Level} the skip has size ${Skip} along axis ${Axis}, what comes up to meet it ${Up}`;

/** The run-time form of {@link SkipMisfit}, without its code. */
export const skipMisfit = (level: number, axis: number, skip: number, up: number): string =>
  `at level ${level} the skip has size ${skip} along axis ${axis}, what comes up to meet it ${up}`;

/** The first level at which a size is odd, so that halving and doubling loses a pixel; or the size itself. */
type Even<
  Size extends number,
  Depth extends number,
  Axis extends number,
  At extends number,
  Level extends number = 1,
> = number extends At
  ? Size
  : Level extends Add<Depth, 1>
    ? Size
    : FloorDiv<At, 2> extends infer Half extends number
      ? Multiply<Half, 2> extends At
        ? Even<Size, Depth, Axis, Half, Add<Level, 1>>
        : SkipMisfit<Level, Axis, At, Multiply<Half, 2>>
      : number;

/** Halved `Depth` times, rounding down, and doubled as often. */
type Cropped<Size extends number, Depth extends number> = Depth extends 0
  ? Size
  : number extends Size
    ? number
    : FloorDiv<Size, 2> extends infer Half extends number
      ? Cropped<Half, Decrement<Depth>> extends infer Inner extends number
        ? Multiply<Inner, 2>
        : never
      : never;

type Decrement<N extends number> = Add<N, -1>;

type Extent<Size extends number, Depth extends number, Axis extends number, Fit> = number extends Depth | Size
  ? Fit extends 'crop'
    ? number
    : Size
  : Fit extends 'pad'
    ? Size
    : Fit extends 'crop'
      ? Cropped<Size, Depth>
      : Even<Size, Depth, Axis, Size>;

/** The scores [N, Classes, H, W] of images [N, Channels, H, W]; or why the net cannot take them. */
export type UNetShape<
  X extends Shape,
  Channels extends number,
  Classes extends number,
  Depth extends number,
  Fit,
> = number extends X['length']
  ? Shape
  : X extends readonly [infer N extends number, infer C extends number, infer H extends number, infer W extends number]
    ? [C & Channels] extends [never]
      ? UNetImages<ShowShape<X>, Channels>
      : Extent<H, Depth, 2, Fit> extends infer Rows
        ? Rows extends number
          ? Extent<W, Depth, 3, Fit> extends infer Columns
            ? Columns extends number
              ? [N, Classes, Rows, Columns]
              : Columns
            : never
          : Rows
        : never
    : UNetImages<ShowShape<X>, Channels>;

/** What a U-Net says of anything but images with the right number of channels. */
type UNetImages<
  X extends string,
  Channels extends number,
> = `unet/images: x is ${X}; images of ${Channels} channels are [N,${Channels},H,W]`;

/** The run-time form of {@link UNetImages}, without its code. */
export const unetImages = (x: Shape, channels: number): string =>
  `x is [${x}]; images of ${channels} channels are [N,${channels},H,W]`;
