import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array } from '../../../src/graph/nd-array.ts';
import { f64 } from '../../../src/graph/type.ts';
import { type ResizeOptions, resize1d } from '../../../src/ops/index.ts';
import { runGraph } from '../run-graph.ts';

/** The matrix of a resize along one axis: row i holds what output i reads. Every element is an image of its own. */
export function resizeMatrix(length: number, options: ResizeOptions): number[][] {
  const g = new GraphBuilder();
  const x = g.input('x', f64(length, 1, length));
  const y = resize1d(x, options);
  const count = y.shape[2]!;
  const units = Array.from({ length: length * length }, (_, k) => (k % (length + 1) === 0 ? 1 : 0));
  const { data } = runGraph({ y }, { x: array(x, units) }).y;
  return Array.from({ length: count }, (_, i) => Array.from({ length }, (_, n) => data[n * count + i]!));
}
