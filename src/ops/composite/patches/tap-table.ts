import type { Row } from '../../window/weight-table.ts';
import type { PoolAxis } from '../pool-axes.ts';

/**
 * Per window along an axis, the position that each of its taps reads; −1 for a tap that reads nothing. All windows have
 * as many taps.
 */
export type TapTable = readonly (readonly number[])[];

/** What regular windows read. */
export const tapsOf = ({ length, window, stride, lo, dilation, count }: PoolAxis): TapTable =>
  Array.from({ length: count }, (_, p) =>
    Array.from({ length: window }, (_, k) => {
      const at = p * stride + k * dilation - lo;
      return at >= 0 && at < length ? at : -1;
    }),
  );

/** The matrix that copies what the taps read, tap by tap and in each window by window. */
export function copyingRows(table: TapTable): Row[] {
  const taps = table[0]?.length ?? 0;
  return Array.from({ length: taps }, (_, k) =>
    table.map((window): Row => (window[k]! < 0 ? [] : [[window[k]!, 1]])),
  ).flat();
}

/** Flat positions in the plane, −1 for none: [taps…, windows…] row-major, as `patches` lays them out. */
export function flatPositions(tables: readonly TapTable[], lengths: readonly number[]): readonly number[] {
  return tables.reduce<Grid>(
    ({ taps, windows, at }, table, axis) => {
      const [k, p] = [table[0]?.length ?? 0, table.length];
      const next: number[] = [];
      for (let i = 0; i < taps; i++)
        for (let a = 0; a < k; a++)
          for (let j = 0; j < windows; j++)
            for (let b = 0; b < p; b++) {
              const [outer, inner] = [at[i * windows + j]!, table[b]![a]!];
              next.push(outer < 0 || inner < 0 ? -1 : outer * lengths[axis]! + inner);
            }
      return { taps: taps * k, windows: windows * p, at: next };
    },
    { taps: 1, windows: 1, at: [0] },
  ).at;
}

interface Grid {
  readonly taps: number;
  readonly windows: number;
  readonly at: readonly number[];
}
