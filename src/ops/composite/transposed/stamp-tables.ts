import { sizeOf } from '../../../graph/shape.ts';
import type { ConvMatrix } from './conv-matrix.ts';

/**
 * What each element of y puts down in the plane of x when the matrix is transposed, one table an element, printed as the
 * lecture notes do (seed S4): `w1x1` is the kernel's first element times y's first, 0 stands where nothing falls. Lines
 * are rows of the plane, cells are apart by tabs; planes of more than two axes come slice by slice.
 */
export function stampTables({ positions, size, rows, columns, taps }: ConvMatrix): string[] {
  const width = size.at(-1) ?? 1;
  return Array.from({ length: sizeOf(positions) }, (_, row) => {
    const cells = new Array<string>(sizeOf(size)).fill('0');
    rows.forEach((r, e) => {
      if (r === row) cells[columns[e]!] = `w${taps[e]! + 1}x${row + 1}`;
    });
    return Array.from({ length: cells.length / width }, (_, line) =>
      cells.slice(line * width, (line + 1) * width).join('\t'),
    ).join('\n');
  });
}
