import { cast, constant, i32, select, type Tensor } from 'cotangent';

/** The matrices of the last two axes, 0 at (i, j) where not kept. */
export function triangle(x: Tensor, kept: (i: number, j: number) => boolean): Tensor {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const mask = Array.from({ length: rows * columns }, (_, k) => Number(kept(Math.floor(k / columns), k % columns)));
  return select(cast(constant(x.graph, i32(rows, columns), mask), 'bool'), x, 0);
}
