import type { NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import { rowsOf, type WeightTable } from './weight-table.ts';

/** Fills y: per output position, a weighted sum of slices of x, in double precision. */
export function applyTable(x: NdArray, axis: number, table: WeightTable, y: NdArray): void {
  const rows = rowsOf(table);
  const ends = new Int32Array(rows.length);
  rows.reduce((end, row, i) => (ends[i] = end + row.length), 0);
  const sources = Int32Array.from(rows.flatMap((row) => row.map(([source]) => source)));
  const weights = Float64Array.from(rows.flatMap((row) => row.map(([, weight]) => weight)));
  const inner = sizeOf(x.shape.slice(axis + 1));
  const outer = sizeOf(x.shape.slice(0, axis));
  const length = x.shape[axis]!;
  const sums = new Float64Array(inner);
  for (let o = 0; o < outer; o++) {
    const base = o * length * inner;
    for (let i = 0, tap = 0; i < rows.length; i++) {
      const out = (o * rows.length + i) * inner;
      if (inner === 1) {
        let sum = 0;
        for (; tap < ends[i]!; tap++) sum += weights[tap]! * x.data[base + sources[tap]!]!;
        y.data[out] = sum;
        continue;
      }
      sums.fill(0);
      for (; tap < ends[i]!; tap++) {
        const from = base + sources[tap]! * inner;
        const weight = weights[tap]!;
        for (let j = 0; j < inner; j++) sums[j]! += weight * x.data[from + j]!;
      }
      y.data.set(sums, out);
    }
  }
}
