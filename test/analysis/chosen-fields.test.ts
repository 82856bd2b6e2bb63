import { describe, expect, it } from 'vitest';
import { fieldOf, pathCounts, receptiveField } from '../../src/analysis/index.ts';
import { compile } from '../../src/backends/index.ts';
import { Random } from '../../src/check/random.ts';
import { array, f64, type Graph, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  adaptiveMaxPoolWithIndices,
  avgPool2d,
  constant,
  conv2d,
  matmul,
  maxPool2d,
  maxUnpool2d,
  relu,
  reshape,
  roiAlign,
  roiPool,
  spp,
  unfold,
} from '../../src/index.ts';

type F64 = Tensor<number[], 'f64'>;

function built(shape: readonly number[], f: (x: F64) => Tensor): Graph {
  const g = new GraphBuilder();
  return g.build({ y: f(g.input('x', f64(...shape)) as F64) });
}

const placesRead = (graph: Graph, at: readonly number[]): number[] =>
  [...fieldOf(graph, { at }).data].flatMap((read, i) => (read === 1 ? [i] : []));

/** Where a change of x changes an element of y, over many draws. */
function measured(graph: Graph, shape: readonly number[], flat: number): number[] {
  const run = compile(graph);
  const size = shape.reduce((a, b) => a * b, 1);
  const seen = new Set<number>();
  for (let seed = 0; seed < 40; seed++) {
    const values = new Random(seed, 'x').permutation(size);
    const y = run.run({ x: array(f64(...shape), values) }).y!.data[flat];
    for (let i = 0; i < size; i++) {
      const changed = run.run({ x: array(f64(...shape), values.with(i, size + 1)) }).y!.data[flat];
      if (changed !== y) seen.add(i);
    }
  }
  return [...seen].sort((a, b) => a - b);
}

describe('adaptive maxima', () => {
  it.each([
    [
      [5, 6],
      [3, 3],
    ],
    [
      [13, 13],
      [6, 2],
    ],
    [
      [7, 8],
      [7, 1],
    ],
    [
      [3, 4],
      [5, 7],
    ],
  ] as const)('of %j to %j read what means do', (size, to) => {
    const shape = [2, 3, ...size];
    const between = (pool: (x: F64) => Tensor) => (x: F64) => {
      const w = x.graph.parameter('w', f64(2, 3, 3, 3));
      return pool(relu(conv2d(x, w, { padding: 1 })) as F64);
    };
    const largest = built(
      shape,
      between((x) => adaptiveMaxPool2d(x, to) as Tensor),
    );
    const means = built(
      shape,
      between((x) => adaptiveAvgPool2d(x, to) as Tensor),
    );
    expect(receptiveField(largest)).toEqual(receptiveField(means));
    for (let i = 0; i < to[0]; i++) expect(placesRead(largest, [1, 0, i, 0])).toEqual(placesRead(means, [1, 0, i, 0]));
    const at = [0, 1, to[0] - 1, to[1] - 1];
    expect(pathCounts(largest, { at }).data).toEqual(pathCounts(means, { at }).data);
  });

  it('windows i·L/n to (i + 1)·L/n, rounded outwards', () => {
    const graph = built([1, 1, 5, 5], (x) => adaptiveMaxPool2d(x, [3, 1]) as Tensor);
    // Rows 0–1, 1–3 and 3–4, all columns.
    expect([0, 1, 2].map((i) => placesRead(graph, [0, 0, i, 0]).length)).toEqual([10, 15, 10]);
    expect(receptiveField(graph).slice(2)).toMatchObject([
      { size: 3, whole: false },
      { size: 5, whole: true },
    ]);
  });

  it('measured: an element of the window at a time', () => {
    const graph = built([1, 2, 4, 5], (x) => adaptiveMaxPool2d(x, [3, 2]) as Tensor);
    expect(placesRead(graph, [0, 1, 1, 1])).toEqual(measured(graph, [1, 2, 4, 5], 6 + 1 * 2 + 1));
  });

  it('unpooling by their positions stays in their windows', () => {
    const graph = built([1, 1, 6, 6], (x) => {
      const { values, indices } = adaptiveMaxPoolWithIndices(x, [3, 2]);
      return maxUnpool2d(values, indices, { kernel: [2, 3] }) as Tensor;
    });
    // Row 2, column 4: of the second window down and across.
    expect(placesRead(graph, [0, 0, 2, 4])).toEqual([15, 16, 17, 21, 22, 23]);
  });

  it('pyramids: a cell of each level', () => {
    const graph = built([1, 1, 6, 6], (x) => spp(x, [1, 2, 3]) as Tensor);
    const counts = Array.from({ length: 14 }, (_, cell) => placesRead(graph, [0, cell]).length);
    expect(counts).toEqual([36, 9, 9, 9, 9, 4, 4, 4, 4, 4, 4, 4, 4, 4]);
    expect(receptiveField(graph)[2]).toMatchObject({ size: 6, smallest: 2 });
  });
});

describe('windows whose taps are copied apart', () => {
  const window = { kernel: 3, stride: 2, padding: 1 };
  const field = (f: (x: F64) => Tensor) => receptiveField(built([1, 2, 18, 19], f));

  it('maxima that share the gradient read what means do', () => {
    const means = field((x) => avgPool2d(x, window) as Tensor);
    expect(means[3]).toMatchObject({ size: 3, jump: [2, 1], start: -1, along: 3 });
    expect(field((x) => maxPool2d(x, { ...window, ties: 'split' }) as Tensor)).toEqual(means);
    expect(field((x) => adaptiveMaxPool2d(x, [6, 5], { ties: 'split' }) as Tensor)).toEqual(
      field((x) => adaptiveAvgPool2d(x, [6, 5]) as Tensor),
    );
  });

  it('columns times weights see what a convolution does', () => {
    const columns = field((x) => {
      const [w, taken] = [x.graph.parameter('w', f64(4, 2 * 9)), unfold(x, window)];
      return reshape(matmul(w, taken), [1, 4, 9, 10]) as Tensor;
    });
    for (const axis of [2, 3]) expect(columns[axis]).toMatchObject({ size: 3, holes: 0, whole: false });
  });
});

describe('maxima of boxes', () => {
  const boxes = [0, 0, 0, 3, 3, 1, 2, 2, 5, 5];
  const pooled = (x: F64): Tensor =>
    roiPool(x, constant(x.graph, f64(2, 5), boxes) as F64, { outputSize: [2, 2] }) as Tensor;

  it('of regions that are constant: their bins, in their image and channel', () => {
    const graph = built([2, 2, 6, 6], pooled);
    // The second box: image 1, rows and columns 2 to 5; its upper right bin rows 2–3, columns 4–5.
    const plane = (1 * 2 + 1) * 36;
    const bin = [16, 17, 22, 23].map((place) => plane + place);
    expect(placesRead(graph, [1, 1, 0, 1])).toEqual(bin);
    expect(placesRead(graph, [1, 1, 0, 1])).toEqual(measured(graph, [2, 2, 6, 6], 1 * 8 + 1 * 4 + 1));
    expect(receptiveField(graph)[3]).toMatchObject({ whole: false, size: 4 });
  });

  it('samples in regions that are constant', () => {
    const graph = built([2, 1, 6, 6], (x) => {
      const boxes = constant(x.graph, f64(1, 5), [1, 1, 1, 3, 3]) as F64;
      return roiAlign(x, boxes, { outputSize: [1, 1], samplingRatio: 1 }) as Tensor;
    });
    // One sample, in the middle of the box, on an element of image 1.
    expect(placesRead(graph, [0, 0, 0, 0])).toEqual([36 + 2 * 6 + 2]);
  });

  it('of regions that are fed: where they are told to be, anywhere if not', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2, 1, 6, 6)) as F64;
    const regions = g.input('boxes', f64(2, 5)) as F64;
    const graph = g.build({ y: roiPool(x, regions, { outputSize: [2, 2] }) as Tensor });
    const read = (values?: { boxes: ReturnType<typeof array> }): number =>
      fieldOf(graph, { at: [0, 0, 0, 0], input: 'x', ...(values && { positions: { values } }) }).data.filter(
        (one) => one === 1,
      ).length;
    expect(read()).toBe(72);
    expect(read({ boxes: array(f64(2, 5), boxes) })).toBe(4);
  });
});
