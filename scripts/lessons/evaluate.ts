import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';

/** What a function makes of one array. */
export function evaluate(x: NdArray, f: (x: Tensor) => Tensor): NdArray {
  const g = new GraphBuilder();
  const { y } = compile(g.build({ y: f(g.input('x', x)) })).run({ x });
  return y!;
}

/** The last two axes as rows of rounded numbers. */
export function rowsOf({ shape, data }: NdArray, digits = 2): (string | number)[][] {
  const [height, width] = [shape.at(-2)!, shape.at(-1)!];
  return Array.from({ length: height }, (_, r) =>
    Array.from({ length: width }, (_, c) => Number(data[r * width + c]!.toFixed(digits))),
  );
}

/** A plane [1, 1, H, W] of f64 from its rows. */
export const plane = (rows: readonly (readonly number[])[]): NdArray =>
  array({ dtype: 'f64', shape: [1, 1, rows.length, rows[0]!.length] }, rows.flat());
