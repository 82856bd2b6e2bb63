import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { transposeRows } from '../../window/weight-table.ts';
import { separable } from '../separable.ts';
import { copyingRows, type TapTable } from './tap-table.ts';

/**
 * What every window of x[N,C,…] reads, tap by tap: [N, C, taps, windows…], taps row-major, 0 where a tap reads nothing.
 * A linear map along each axis, so its adjoint is `stamp`.
 */
export function patches(x: Tensor, tables: readonly TapTable[]): Tensor {
  const copied = separable(x, [undefined, undefined, ...tables.map(copyingRows)]);
  const [batch, channels] = x.shape as readonly [number, number];
  const sizes = tables.map((table) => [table[0]?.length ?? 0, table.length] as const);
  const apart = reshape(copied, [batch, channels, ...sizes.flat()]);
  const order = [0, 1, ...tables.map((_, i) => 2 + 2 * i), ...tables.map((_, i) => 3 + 2 * i)];
  return reshape(transpose(apart, order), [
    batch,
    channels,
    sizeOf(sizes.map(([taps]) => taps)),
    ...sizes.map(([, windows]) => windows),
  ]);
}

/** The adjoint of `patches`: every tap adds its element to the plane of `lengths`, [N, C, taps, windows…] → [N, C, …]. */
export function stamp(columns: Tensor, tables: readonly TapTable[], lengths: readonly number[]): Tensor {
  const [batch, channels] = columns.shape as readonly [number, number];
  const [taps, windows] = [tables.map((table) => table[0]?.length ?? 0), tables.map((table) => table.length)];
  const apart = reshape(columns, [batch, channels, ...taps, ...windows]);
  const order = [0, 1, ...tables.flatMap((_, i) => [2 + i, 2 + tables.length + i])];
  const rows = tables.map((table, i) => transposeRows(copyingRows(table), lengths[i]!));
  const copied = reshape(transpose(apart, order), [batch, channels, ...taps.map((k, i) => k * windows[i]!)]);
  return separable(copied, [undefined, undefined, ...rows]);
}
