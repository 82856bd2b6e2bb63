/**
 * The points, beside infinity, of the algorithms with up to six products along an axis. Up to four products they are
 * exact on small dyadic numbers. Beyond, points were chosen for accuracy: against results in f64, sums over 64 channels of
 * normal numbers have these errors (root mean square, relative to that of the results; F(results, taps) on two axes):
 *
 * | | F(4, 3) | F(3, 4) |
 * |---|---|---|
 * | 0, ±1, ±2 | 1.7e-6 | 1.7e-6 |
 * | 0, ±1, ±1/2 | 1.7e-6 | 1.7e-6 |
 * | 0, ±1/2, ±3/2 | 9.8e-7 | 9.7e-7 |
 * | 0, ±√½, ±√2 | 8.3e-7 | 8.3e-7 |
 * | 0, ±3/4, ±3/2 | 8.5e-7 | 8.4e-7 |
 * | **0, ±5/8, ±3/2** | **7.8e-7** | **8.0e-7** |
 * | direct, term by term | 4.3e-7 | 5.8e-7 |
 */
const points: { readonly [products: number]: readonly number[] } = {
  1: [],
  2: [0],
  3: [0, 1],
  4: [0, 1, -1],
  5: [0.5, -0.5, 1.25, -1.25],
  6: [0, 0.625, -0.625, 1.5, -1.5],
};

/** The points for so many products. */
export const pointsFor = (products: number): readonly number[] => points[products]!;

/** The most products along an axis that are exact on small dyadic numbers. */
export const exactProducts = 4;
/** The most products along an axis. */
export const mostProducts = 6;
