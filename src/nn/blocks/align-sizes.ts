import type { CeilDiv, IsNegative, Subtract } from '../../ops/types/dims.ts';

/** To what the branches are resized before they are joined. */
export type AlignTo = 'largest' | 'smallest' | number | readonly [number, number];

/** What a block says whose branches differ in size, at compile time and at run time. */
type Misaligned<
  Axis extends number,
  A extends number,
  B extends number,
> = `multi-scale/sizes: branches have sizes ${A} and ${B} along axis ${Axis}; say alignTo: 'largest', 'smallest' or a size`;

/** The run-time form of {@link Misaligned}, without its code. */
export const misaligned = (axis: number, a: number, b: number): string =>
  `branches have sizes ${a} and ${b} along axis ${axis}; say alignTo: 'largest', 'smallest' or a size`;

/** The least or greatest of a list. */
type Extreme<L extends readonly number[], Which extends 'least' | 'greatest'> = [number] extends [L['length']]
  ? number
  : L extends readonly [infer A extends number, ...infer T extends readonly number[]]
    ? Among<T, A, Which>
    : number;

type Among<T extends readonly number[], Best extends number, Which> = T extends readonly [
  infer A extends number,
  ...infer Rest extends readonly number[],
]
  ? number extends A | Best
    ? number
    : IsNegative<Subtract<A, Best>> extends (Which extends 'least' ? true : false)
      ? Among<Rest, A, Which>
      : Among<Rest, Best, Which>
  : Best;

/** One axis after alignment; or the refusal. */
export type Aligned<
  Size extends number,
  Strides extends readonly number[],
  To,
  Axis extends 0 | 1,
  Least extends number = Extreme<Strides, 'least'>,
  Greatest extends number = Extreme<Strides, 'greatest'>,
> = To extends 'largest'
  ? CeilDiv<Size, Least>
  : To extends 'smallest'
    ? CeilDiv<Size, Greatest>
    : To extends number
      ? To
      : To extends readonly [number, number]
        ? To[Axis]
        : number extends Size | Least | Greatest
          ? number
          : CeilDiv<Size, Least> extends infer A extends number
            ? CeilDiv<Size, Greatest> extends infer B extends number
              ? A extends B
                ? A
                : Misaligned<Axis extends 0 ? 2 : 3, A, B>
              : never
            : never;
