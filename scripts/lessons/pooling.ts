import { avgPool2d, maxPool2d } from '../../src/ops/index.ts';
import { type Cells, drawCells, type Tone } from './cells.ts';
import { evaluate, plane, rowsOf } from './evaluate.ts';

const hues: readonly Tone[] = ['blue', 'green', 'orange', 'faint'];

const featureMaps = [
  [
    [3, 0, 4, 3],
    [4, 1, 2, 3],
    [1, 1, 8, 7],
    [2, 0, 6, 4],
  ],
  [
    [1, 3, 0, 4],
    [2, 4, 1, 2],
    [1, 1, 1, 8],
    [1, 2, 0, 6],
  ],
];

function maxPooling(): string {
  const rows = featureMaps.map((values) => {
    const x = plane(values);
    const map: Cells = { values, caption: 'feature map', tone: (r, c) => hues[2 * (r >> 1) + (c >> 1)]! };
    const by = (f: typeof maxPool2d, caption: string): Cells => ({
      values: rowsOf(evaluate(x, (t) => f(t, { kernel: 2 }))),
      caption,
      tone: (r, c) => hues[2 * r + c]!,
      side: 40,
    });
    return [map, '→', by(maxPool2d, 'maximum'), by(avgPool2d as typeof maxPool2d, 'average')];
  });
  return drawCells(rows);
}

/** For each output the inputs of its window, as the gradient of average pooling shows them. */
function adaptiveWindows(): string {
  const pairs = [
    [5, 3],
    [7, 4],
    [6, 3],
  ] as const;
  return drawCells([
    pairs.map(([size, out]): Cells => {
      const spans = Array.from({ length: out }, (_, i) => [
        Math.floor((i * size) / out),
        Math.ceil(((i + 1) * size) / out),
      ]);
      const values = spans.map(([from, to]) =>
        Array.from({ length: size }, (_, c) => (c >= from! && c < to! ? `1/${to! - from!}` : '')),
      );
      return {
        values,
        caption: `${size} → ${out}: one row per window`,
        tone: (r, c) => (values[r]![c] === '' ? 'plain' : hues[r % 3]!),
      };
    }),
  ]);
}

export const pooling: { readonly [file: string]: () => string } = {
  'max-pooling.svg': maxPooling,
  'adaptive-windows.svg': adaptiveWindows,
};
