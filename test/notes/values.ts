import { type Arrays, reference } from '../../src/backends/index.ts';
import { array, f64, type NdArray, type Tensor } from '../../src/graph/index.ts';
import { evaluate } from '../../src/lab/evaluate.ts';

/** A tensor whose sizes are known when the test runs. */
export type Values = Tensor<readonly number[], 'f64'>;

/** What a function makes of arrays, as plain lists of numbers. */
export function values<F extends Arrays, K extends string>(
  feeds: F,
  make: (x: { readonly [k in keyof F]: Values }) => { readonly [k in K]: Tensor },
): { readonly [k in K]: readonly number[] } {
  // One graph input per array, so the names are those of the feeds.
  const made = evaluate(reference, feeds, (inputs) => make(inputs as { [k in keyof F]: Values }));
  return Object.fromEntries(Object.entries(made).map(([name, { data }]) => [name, [...data]])) as {
    [k in K]: number[];
  };
}

/** An image of one channel, rows top down; 0, 1, 2, … unless given. */
export const plane = (height: number, width: number, data?: readonly number[]): NdArray =>
  array(f64(1, 1, height, width), data ?? Array.from({ length: height * width }, (_, i) => i));

/** A line of one channel. */
export const line = (...data: number[]): NdArray => array(f64(1, 1, data.length), data);

/** The sum of products. */
export const inner = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
