import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';
import { constant, convTranspose2d } from '../../src/ops/index.ts';
import { type Cells, drawCells } from './cells.ts';
import { evaluate, rowsOf } from './evaluate.ts';

/** How many paths lead from each input to one output: the adjoint of the stack, all weights one, of one pixel. */
function paths(rates: readonly number[]): Cells {
  const one = array(f64(1, 1, 1, 1), [1]);
  const counts = evaluate(one, (t) =>
    rates.reduce(
      (y, dilation) =>
        convTranspose2d(y, constant(y.graph, f64(1, 1, 3, 3), new Array<number>(9).fill(1)), { dilation }),
      t,
    ),
  );
  const values = rowsOf(counts);
  const most = Math.max(...values.flat().map(Number));
  const holes = values.flat().filter((v) => v === 0).length;
  return {
    values: values.map((row) => row.map((v) => (v === 0 ? '' : v))),
    caption: `rates ${rates.join(', ')}: ${holes === 0 ? 'no holes' : `${holes} pixels unread`}`,
    tone: (r, c) => Math.sqrt(Number(values[r]![c]) / most),
    side: 21,
  };
}

export const dilation: { readonly [file: string]: () => string } = {
  'gridding.svg': () => drawCells([[paths([2, 2, 2]), paths([1, 2, 3])]]),
};
