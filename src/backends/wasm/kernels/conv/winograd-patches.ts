import { type AxisClass, combine } from './axis-classes.ts';
import type { Correlation } from './correlation.ts';
import { filledUp, joined, type OffsetTables, offsetTable } from './offset-table.ts';
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

/** A table over all patches: class by class, image by image, row by row. */
const overPatches = (
  perAxis: readonly (readonly AxisClass[])[],
  images: number,
  steps: (down: AxisClass, across: AxisClass) => { base: number; image: number; row: number; column: number },
): Int32Array =>
  joined(
    combine(perAxis).map((classes) => {
      const [down, across] = classes as [AxisClass, AxisClass];
      const { base, image, row, column } = steps(down, across);
      return offsetTable(base, [
        { count: images, step: (i) => i * image },
        { count: down.p.count / patch[0], step: (i) => i * row },
        { count: across.p.count / patch[1], step: (i) => i * column },
      ]);
    }),
  );

/** Bytes from a view's beginning to the first element of each patch, of images `image` bytes apart. */
export const patchOffsets = (
  view: WindowView,
  perAxis: readonly (readonly AxisClass[])[],
  images: number,
  image: number,
): Int32Array =>
  overPatches(perAxis, images, (down, across) => ({
    base: (down.q - view.origin[0]!) * view.rows[0]! + phased(across.q - view.origin[1]!, view, 4),
    image,
    row: 2 * down.byP * view.rows[0]!,
    column: 32,
  }));

/** Makes the tables for blocks of `block` patches. */
export function patchTables(
  tables: OffsetTables,
  { batch, outputs, axes }: Correlation,
  view: WindowView,
  perAxis: readonly (readonly AxisClass[])[],
  block: number,
): PatchTables {
  const width = axes[1]!.y * 4;
  const x = patchOffsets(view, perAxis, batch, view.batch);
  const y = overPatches(perAxis, batch, (down, across) => ({
    base: down.p.first * width + across.p.first * 4,
    image: outputs * axes[0]!.y * width,
    row: 2 * down.p.step * width,
    column: 32 * across.p.step,
  }));
  const left = (i: 0 | 1, { p }: AxisClass): number => Math.ceil((axes[i]!.y - p.first) / p.step);
  const rows = overPatches(perAxis, batch, (down) => ({ base: left(0, down), image: 0, row: -patch[0], column: 0 }));
  const columns = overPatches(perAxis, batch, (_, across) => ({
    base: left(1, across),
    image: 0,
    row: 0,
    column: -patch[1],
  }));
  const padded = Math.ceil(x.length / block) * block;
  const add = (table: Int32Array): number => tables.add(filledUp(table, padded));
  return { x: add(x), y: add(y), rows: add(rows), columns: add(columns), padded };
}
