import { array } from '../../src/graph/nd-array.ts';
import { f64 } from '../../src/graph/type.ts';
import { heNormal, icnr, randomStream } from '../../src/nn/index.ts';
import { constant, conv2d, convTranspose2d, depthToSpace, pixelShuffle, upsample } from '../../src/ops/index.ts';
import { type Cells, drawCells, type Item } from './cells.ts';
import { evaluate, plane, rowsOf } from './evaluate.ts';
import { imageRow } from './image-row.ts';

const ones = (size: number): number[][] => Array.from({ length: size }, () => new Array<number>(size).fill(1));

function stamping(): string {
  const y = [
    [1, 2],
    [3, 4],
  ];
  const stamp = (at: readonly (readonly number[])[]): (string | number)[][] =>
    rowsOf(
      evaluate(plane(at), (t) => convTranspose2d(t, constant(t.graph, f64(1, 1, 3, 3), ones(3).flat()), { stride: 2 })),
    );
  const single = (r: number, c: number): Cells => {
    const values = stamp(y.map((row, i) => row.map((v, j) => (i === r && j === c ? v : 0))));
    return {
      values: values.map((row) => row.map((v) => (v === 0 ? '' : v))),
      caption: `the stamp of ${y[r]![c]}`,
      tone: (i, j) => (values[i]![j] === 0 ? 'plain' : 'orange'),
      side: 22,
    };
  };
  const all = stamp(y);
  const total: Cells = { values: all, caption: 'their sum', tone: (i, j) => Number(all[i]![j]) / 14, side: 22 };
  const stamps: Item[] = [single(0, 0), '+', single(0, 1), '+', single(1, 0), '+', single(1, 1), '=', total];
  return drawCells([stamps]);
}

function coverage(): string {
  const settings = [
    [3, 2],
    [4, 2],
    [2, 3],
  ] as const;
  return drawCells([
    settings.map(([k, s]): Cells => {
      const w = ones(k).flat();
      const values = rowsOf(
        evaluate(plane(ones(4)), (t) => convTranspose2d(t, constant(t.graph, f64(1, 1, k, k), w), { stride: s })),
      );
      return { values, caption: `k = ${k}, s = ${s}`, tone: (r, c) => Number(values[r]![c]) / 5, side: 22 };
    }),
  ]);
}

function shuffles(): string {
  const x = array(f64(1, 4, 1, 1), [0, 1, 2, 3]);
  const orders = ['crd', 'dcr', 'crd-transposed'] as const;
  // Two output channels show how DCR differs.
  const two = array(f64(1, 8, 1, 1), [0, 1, 2, 3, 4, 5, 6, 7]);
  const tables = orders.flatMap((order): Cells[] => {
    const y = evaluate(two, (t) => depthToSpace(t, { block: 2, order }));
    return [0, 1].map((channel) => ({
      values: [0, 1].map((r) => [0, 1].map((c) => y.data[4 * channel + 2 * r + c]!)),
      caption: `${order}, channel ${channel}`,
      tone: (r, c) => y.data[4 * channel + 2 * r + c]! / 9,
      side: 36,
    }));
  });
  const one = evaluate(x, (t) => pixelShuffle(t, 2));
  const plain: Cells = { values: rowsOf(one), caption: 'pixelShuffle', tone: (r, c) => (2 * r + c) / 4, side: 36 };
  return drawCells([[plain], tables.slice(0, 4), tables.slice(4)]);
}

/** A constant plane through four freshly initialised ways of enlarging by two: what shows is the net's own doing. */
function checkerboards(): Uint8Array {
  const flat = array(f64(1, 1, 12, 12), new Array<number>(144).fill(1));
  const draw = (shape: readonly number[], fan: number, initialise = heNormal({ slope: 1 })): number[] => {
    const next = initialise({ dtype: 'f64', shape }, { in: fan, out: fan });
    const random = randomStream(3, shape.join());
    return Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next(random));
  };
  const ways = [
    (k: number) => (t: Parameters<Parameters<typeof evaluate>[1]>[0]) =>
      convTranspose2d(t, constant(t.graph, f64(1, 1, k, k), draw([1, 1, k, k], k * k)), { stride: 2 }),
  ];
  const results = [
    evaluate(flat, ways[0]!(3)),
    evaluate(flat, ways[0]!(4)),
    evaluate(flat, (t) =>
      conv2d(upsample(t, 2, 'nearest'), constant(t.graph, f64(1, 1, 3, 3), draw([1, 1, 3, 3], 9)), { padding: 1 }),
    ),
    evaluate(flat, (t) =>
      pixelShuffle(conv2d(t, constant(t.graph, f64(4, 1, 3, 3), draw([4, 1, 3, 3], 9)), { padding: 1 }), 2),
    ),
    evaluate(flat, (t) =>
      pixelShuffle(
        conv2d(t, constant(t.graph, f64(4, 1, 3, 3), draw([4, 1, 3, 3], 9, icnr({ blocks: 4 }))), { padding: 1 }),
        2,
      ),
    ),
  ];
  return imageRow(results.map(middle), { side: 140 });
}

/** The middle 16×16, its values spread over 0 … 1 around grey. */
function middle(y: ReturnType<typeof evaluate>): ReturnType<typeof evaluate> {
  const size = y.shape[3]!;
  const from = Math.floor((size - 16) / 2 / 2) * 2;
  const cut = Array.from({ length: 256 }, (_, i) => y.data[(from + (i >> 4)) * size + from + (i & 15)]!);
  const largest = Math.max(...cut.map(Math.abs), 1e-9);
  return array(
    f64(1, 16, 16),
    cut.map((v) => 0.5 + (0.35 * v) / largest),
  );
}

export const transposed: { readonly [file: string]: () => string | Uint8Array } = {
  'stamping.svg': stamping,
  'coverage.svg': coverage,
  'shuffles.svg': shuffles,
  'checkerboards.png': checkerboards,
};
