import { sizeOf } from '../../../../graph/shape.ts';
import type { LinearWindowsAttributes } from '../../../../ops/window/linear-windows.ts';
import type { WeightTable } from '../../../../ops/window/weight-table.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Kernel, KernelCode, KernelFor, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import { rowsAcross } from './rows-across.ts';
import { rowsAlong } from './rows-along.ts';
import type { LaneBytes } from './strided-load.ts';
import { tableBytes, tableRows } from './table-rows.ts';

/** Tables with more taps than this, each written once, are read from memory. */
export const written = 256;

/** Fewer lines than this are shared out block by block. */
export const enough = 8;

/** A line of x and one of the result, in elements: how long they are and how much stands at each position. */
export interface Lines {
  readonly bytes: LaneBytes;
  readonly length: number;
  readonly results: number;
  readonly inner: number;
}

/** A sparse matrix along one axis, its weights constants of the code. */
export const linearWindowsKernel: KernelFor = ({ type, attributes }, { x }): Kernel => {
  const { axis, table } = attributes as LinearWindowsAttributes;
  const outer = sizeOf(type.shape.slice(0, axis));
  const lines: Lines = {
    bytes: type.dtype === 'f64' ? 8 : 4,
    length: x!.shape[axis]!,
    results: type.shape[axis]!,
    inner: sizeOf(type.shape.slice(axis + 1)),
  };
  const byLine = {
    size: outer,
    steps: [lines.length * lines.inner * lines.bytes, lines.results * lines.inner * lines.bytes],
  };
  if (tapsIn(table) > written && outer * lines.inner > 0)
    return {
      name: 'linearWindows table',
      table: tableBytes(table, lines),
      phases: [
        (code, { inputs, output, table: at }) =>
          nest(code, [byLine], [inputs.x!.address, output.address], ([p, q]) => tableRows(code, lines, at, p!, q!)),
      ],
    };
  const run = (code: KernelCode, { inputs, output }: Placement): void => {
    const bases = [inputs.x!.address, output.address];
    if (outer >= enough) nest(code, [byLine], bases, ([p, q]) => oneLine(code, lines, table, p!, q!));
    // Every repetition of a block by itself, so that there is enough to share.
    else
      for (const { block, first } of placed(table)) {
        const { count, step, rows } = block;
        const pitch = lines.inner * lines.bytes;
        const along = lines.inner === 1;
        const repeat = { size: along ? 1 : count, steps: [step * pitch, rows.length * pitch] };
        const once = { block: along ? block : { ...block, count: 1 }, first };
        nest(code, [byLine, repeat], bases, ([p, q]) => oneBlock(code, lines, once, p!, q!));
      }
  };
  return { name: lines.inner === 1 ? 'linearWindows along' : 'linearWindows across', phases: [run] };
};

/** A block of the table and the first row of the result that it makes. */
export interface PlacedBlock {
  readonly block: WeightTable[number];
  readonly first: number;
}

/**
 * The first position that a block's first repetition reads. Added to the pointer, which moves backwards where `step` is
 * negative, it keeps the pointer inside the line.
 */
export const firstSource = ({ block: { rows } }: PlacedBlock): number =>
  rows.reduce((least, row) => row.reduce((m, [source]) => Math.min(m, source), least), Number.MAX_SAFE_INTEGER) %
  Number.MAX_SAFE_INTEGER;

function placed(table: WeightTable): PlacedBlock[] {
  let first = 0;
  return table.map((block) => {
    const here = { block, first };
    first += block.count * block.rows.length;
    return here;
  });
}

/** All blocks of a table on one line. */
export function oneLine(code: KernelCode, lines: Lines, table: WeightTable, from: Local, to: Local): void {
  for (const block of placed(table)) oneBlock(code, lines, block, from, to);
}

/** How much code a table becomes. */
export const tapsIn = (table: WeightTable): number =>
  table.reduce((sum, { rows }) => sum + rows.reduce((n, row) => n + row.length + 1, 0), 0);

function oneBlock(code: KernelCode, lines: Lines, block: PlacedBlock, from: Local, to: Local): void {
  if (lines.inner === 1) rowsAlong(code, lines, block, from, to);
  else rowsAcross(code, lines, block, from, to);
}
