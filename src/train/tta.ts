/**
 * Test-time augmentation: in how many orientations each tile is predicted, the probabilities averaged. `mirror` also left-right,
 * `flips` also top-bottom, `turns` also transposed: all eight orientations of a square.
 */
export const ttaNames = ['none', 'mirror', 'flips', 'turns'] as const;
export type Tta = (typeof ttaNames)[number];

/** An orientation: mirrored rows, mirrored columns, and rows exchanged with columns after that. */
export interface Orientation {
  readonly flipRows: boolean;
  readonly flipColumns: boolean;
  readonly transpose: boolean;
}

/** The orientations that are averaged, the plain one first. */
export function orientationsOf(tta: Tta): Orientation[] {
  const all = [false, true].flatMap((transpose) =>
    [false, true].flatMap((flipRows) => [false, true].map((flipColumns) => ({ flipRows, flipColumns, transpose }))),
  );
  return all.slice(0, 2 ** ttaNames.indexOf(tta));
}

/** Where a tile's pixel (y, x) lies in the oriented tile: at `start + y · row + x · column`. */
export interface Strides {
  readonly start: number;
  readonly row: number;
  readonly column: number;
}

/** The strides of a tile of this size in an orientation. */
export function stridesOf({ flipRows, flipColumns, transpose }: Orientation, height: number, width: number): Strides {
  const [row, column] = transpose ? [1, height] : [width, 1];
  return {
    start: (flipRows ? (height - 1) * row : 0) + (flipColumns ? (width - 1) * column : 0),
    row: flipRows ? -row : row,
    column: flipColumns ? -column : column,
  };
}
