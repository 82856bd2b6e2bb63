import { type AxisClass, combine } from './axis-classes.ts';
import type { Correlation } from './correlation.ts';
import { type OffsetTables, offsetTable } from './offset-table.ts';
import { phased, type WindowView } from './window-view.ts';

/** Results of one patch along each axis: two rows of four tiles. */
const patch = [2, 8] as const;

/**
 * The classes of each axis: with a dilated window, positions a dilation apart belong together and see a plain window.
 * Positions are filled up to whole patches.
 */
export const winogradClasses = (axes: Correlation['axes']): AxisClass[][] =>
  axes.map(({ y, lo, wDilation }, i) =>
    Array.from({ length: Math.min(wDilation, y) }, (_, first) => {
      const count = Math.ceil(Math.ceil((y - first) / wDilation) / patch[i]!) * patch[i]!;
      return {
        p: { first, step: wDilation, count },
        k: { first: 0, step: 1, count: 3 },
        q: first - lo,
        byP: wDilation,
        byK: wDilation,
      };
    }),
  );

/** Places of tables with one i32 for each patch. */
export interface PatchTables {
  /** Bytes from the first element of x to the patch's. */
  readonly x: number;
  /** Bytes from y to the patch's first result. */
  readonly y: number;
  /** How many rows and columns of results there are from here on; fewer than 2 and 8 at the end. */
  readonly rows: number;
  readonly columns: number;
  /** The number of patches, with the last one repeated to fill the last block. */
  readonly padded: number;
}

/** Bytes from the first element of each patch to the view's first, for all images `image` bytes apart. */
export const patchOffsets = (
  view: WindowView,
  perAxis: readonly (readonly AxisClass[])[],
  images: number,
  image: number,
): number[] =>
  (combine(perAxis) as [AxisClass, AxisClass][]).flatMap(([down, across]) =>
    offsetTable((down.q - view.origin[0]!) * view.rows[0]! + phased(across.q - view.origin[1]!, view, 4), [
      { count: images, step: (i) => i * image },
      { count: down.p.count / patch[0], step: (i) => 2 * i * down.byP * view.rows[0]! },
      { count: across.p.count / patch[1], step: (i) => 32 * i },
    ]),
  );

/** Makes the tables for blocks of `block` patches. */
export function patchTables(
  tables: OffsetTables,
  { batch, outputs, axes }: Correlation,
  view: WindowView,
  perAxis: readonly (readonly AxisClass[])[],
  block: number,
): PatchTables {
  const width = axes[1]!.y * 4;
  const image = outputs * axes[0]!.y * width;
  const values: [number[], number[], number[], number[]] = [patchOffsets(view, perAxis, batch, view.batch), [], [], []];
  for (const [down, across] of combine(perAxis) as [AxisClass, AxisClass][]) {
    const [high, wide] = [down.p.count / patch[0], across.p.count / patch[1]];
    const add = (to: number[], base: number, n: number, byRow: number, byColumn: number): void => {
      for (const value of offsetTable(base, [
        { count: batch, step: (i) => i * n },
        { count: high, step: (i) => i * byRow },
        { count: wide, step: (i) => i * byColumn },
      ]))
        to.push(value);
    };
    add(values[1], down.p.first * width + across.p.first * 4, image, 2 * down.p.step * width, 32 * across.p.step);
    add(values[2], Math.ceil((axes[0]!.y - down.p.first) / down.p.step), 0, -2, 0);
    add(values[3], Math.ceil((axes[1]!.y - across.p.first) / across.p.step), 0, 0, -8);
  }
  const padded = Math.ceil(values[0].length / block) * block;
  const [x, y, rows, columns] = values.map((list) =>
    tables.add(Array.from({ length: padded }, (_, i) => list[Math.min(i, list.length - 1)]!)),
  ) as [number, number, number, number];
  return { x, y, rows, columns, padded };
}
