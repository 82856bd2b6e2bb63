/** A two-dimensional kernel, row by row. */
export type Kernel = readonly (readonly number[])[];

const scaled = (divisor: number, rows: Kernel): Kernel =>
  Object.freeze(rows.map((row) => Object.freeze(row.map((value) => value / divisor))));

/**
 * The classic kernels of image processing (operators.md 23), as the lecture notes list them (seed S2). The edge detectors
 * sum to 0, all others to 1. Every one is the same turned by 180°, so correlation and convolution with it agree.
 */
export const kernels: {
  readonly [name in
    | 'identity'
    | 'edgeDiagonal'
    | 'edge4'
    | 'edge8'
    | 'sharpen'
    | 'box'
    | 'gaussian3'
    | 'gaussian5'
    | 'unsharp5']: Kernel;
} = Object.freeze({
  /** Changes nothing. */
  identity: scaled(1, [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]),
  /** Edge detection by opposite corners. */
  edgeDiagonal: scaled(1, [
    [1, 0, -1],
    [0, 0, 0],
    [-1, 0, 1],
  ]),
  /** Edge detection by the four neighbours: the discrete Laplacian. */
  edge4: scaled(1, [
    [0, 1, 0],
    [1, -4, 1],
    [0, 1, 0],
  ]),
  /** Edge detection by all eight neighbours, of the other sign. */
  edge8: scaled(1, [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ]),
  /** The image minus its Laplacian. */
  sharpen: scaled(1, [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ]),
  /** The mean of nine. */
  box: scaled(9, [
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
  ]),
  /** Binomial weights, nearly Gaussian. */
  gaussian3: scaled(16, [
    [1, 2, 1],
    [2, 4, 2],
    [1, 2, 1],
  ]),
  gaussian5: scaled(256, [
    [1, 4, 6, 4, 1],
    [4, 16, 24, 16, 4],
    [6, 24, 36, 24, 6],
    [4, 16, 24, 16, 4],
    [1, 4, 6, 4, 1],
  ]),
  /** Unsharp masking: twice the image minus its `gaussian5`. */
  unsharp5: scaled(-256, [
    [1, 4, 6, 4, 1],
    [4, 16, 24, 16, 4],
    [6, 24, -476, 24, 6],
    [4, 16, 24, 16, 4],
    [1, 4, 6, 4, 1],
  ]),
});
