import type { Add, CeilDiv, IsNegative, Multiply, Subtract } from './dims.ts';
import type { Refusal } from './refusal.ts';

/** An option's value along one axis, for options that are one value for all axes or one per axis. */
export type Along<Option, Axis extends number, Value = number> = (
  Option extends readonly unknown[]
    ? Option[Axis]
    : Option
) extends infer V
  ? V extends Value
    ? V
    : Value
  : never;

/** What a window spans: dilation·(size − 1) + 1. */
export type Span<Size extends number, Dilation extends number> = Dilation extends 1
  ? Size
  : Add<Multiply<Dilation, Subtract<Size, 1>>, 1>;

/** Low and high padding in one: how much longer the axis gets. */
export type Both<Padding> = Padding extends number
  ? Add<Padding, Padding>
  : Padding extends readonly [infer Low extends number, infer High extends number]
    ? Add<Low, High>
    : number;

/** Whether a literal is 0 or less. */
export type NotPositive<N extends number> = N extends 0 ? true : IsNegative<N>;

/**
 * Positions of a window along an axis: ⌈(size + padding − span + 1) / stride⌉. Padding meets the span first: their
 * difference repeats from layer to layer, and is zero where layers keep the size.
 */
export type WindowCount<
  C extends 'conv/window' | 'pool/window',
  Size extends number,
  Padding extends number,
  Spanned extends number,
  Stride extends number,
  Axis extends number,
> =
  Add<Size, Add<Subtract<Padding, Spanned>, 1>> extends infer Starts extends number
    ? number extends Starts
      ? number
      : NotPositive<Starts> extends true
        ? Refusal<C, { axis: Axis; need: Spanned; have: Add<Size, Padding> }>
        : CeilDiv<Starts, Stride>
    : never;
