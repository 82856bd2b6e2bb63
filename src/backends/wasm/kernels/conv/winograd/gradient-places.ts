import type { Correlation } from '../correlation.ts';
import type { Layout } from '../layout.ts';
import type { OffsetTables } from '../offset-table.ts';
import { even } from '../tile-shape.ts';
import { finishBytes } from './finish-gradient.ts';
import type { GradientWork } from './gradient-work.ts';
import type { TileProducts } from './tile-products.ts';

/** Bytes of transformed operands that are worked on at a time; they should stay in the second cache. */
const working = 400_000;

/** Threads at most that find something to do. */
export const slots = 8;

/** Bytes of sums, of all parts that have sums of their own. */
const mostSums = 2_500_000;

/** A set of results with its places in the kernel's table and scratch memory. */
export interface PlacedWork extends GradientWork, TileProducts {
  readonly tableAt: number;
  /**
   * Parts that the strips are cut into, each with sums of its own: their number does not depend on how many threads share
   * them. With one, threads share the outputs instead.
   */
  readonly parts: number;
  /** Strips of a block. */
  readonly block: number;
  /** Groups of four channels of each operand. */
  readonly xGroups: number;
  readonly wGroups: number;
  /** Offset and bytes of what each slot has for itself: a strip, and from `xAt` and `wAt` on both operands transformed. */
  readonly buffers: number;
  readonly buffer: number;
  readonly xAt: number;
  readonly wAt: number;
  readonly sums: number;
  /** Bytes of the sums of one part. */
  readonly partStep: number;
  readonly finish: number;
}

/** Cuts the strips of a work into parts and blocks, and lays out memory for them. */
export function placed(
  work: GradientWork,
  { batch, outputs }: Correlation,
  layout: Layout,
  tables: OffsetTables,
): PlacedWork {
  const inputs = 8 * Math.ceil(batch / 8);
  const [xGroups, wGroups] = [inputs / 4, Math.ceil(outputs / 4)];
  // One more line between the products keeps them out of each other's cache sets.
  const sumStep = 4 * inputs * outputs + 64;
  const partStep = work.products * sumStep;
  const affordable = Math.min(slots, Math.floor(mostSums / partStep), Math.ceil(work.strips / 2));
  const parts = affordable < 4 && wGroups >= 4 ? 1 : Math.max(1, affordable);
  const perStrip = work.products * 16 * work.tiles * (xGroups + wGroups);
  const block = even(Math.ceil(work.strips / parts), Math.max(1, Math.floor(working / perStrip)));
  const groupStep = 16 * work.tiles * block;
  const [xStep, wStep] = [xGroups * groupStep + 64, wGroups * groupStep + 64];
  const xAt = 64 * Math.ceil(work.stripBytes / 64);
  const wAt = xAt + xStep * work.products;
  const buffer = wAt + wStep * work.products;
  return {
    ...work,
    ...{ inputs, outputs, xGroups, wGroups, parts, block, groupStep, xStep, wStep, sumStep, partStep },
    ...{ xAt, wAt, buffer },
    tableAt: tables.add(work.table),
    buffers: layout.add((parts === 1 ? slots : parts) * buffer),
    sums: layout.add(parts * partStep),
    finish: layout.add(finishBytes(outputs)),
  };
}
