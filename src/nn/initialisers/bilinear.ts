import type { Initialiser } from './initialiser.ts';

/**
 * Starts a transposed convolution w [in, out / groups, kh, kw] as linear interpolation (Long et al. 2015): input channel i
 * goes to output channel i modulo their number alone, spread by a triangle over the kernel. A kernel of twice the stride
 * interpolates by that factor. Where several inputs share an output, each counts in equal part.
 */
export const bilinear: Initialiser = ({ shape }) => {
  const [inputs = 1, outputs = 1, rows = 1, columns = 1] = shape;
  const share = Math.min(1, outputs / inputs);
  let k = 0;
  return () => {
    const [row, column] = [Math.floor(k / columns) % rows, k % columns];
    const [input, output] = [Math.floor(k / (columns * rows * outputs)), Math.floor(k / (columns * rows)) % outputs];
    k++;
    return input % outputs === output ? share * triangle(row, rows) * triangle(column, columns) : 0;
  };
};

/** The weight of a tap: 1 − |distance from the middle| / half the window. */
const triangle = (tap: number, window: number): number => {
  const half = Math.ceil(window / 2);
  const middle = (window - 1) / 2;
  return 1 - Math.abs(tap - middle) / half;
};
