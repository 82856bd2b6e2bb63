import type { Rgb } from '../../io/png/raster.ts';

/** Okabe and Ito's colours, which people with any colour vision tell apart. */
const distinct: readonly Rgb[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [0, 114, 178],
  [213, 94, 0],
  [204, 121, 167],
];

/** A colour per class: black for class 0, then seven distinct ones, then darker turns of them. */
export function classColours(classes: number): Rgb[] {
  return Array.from({ length: classes }, (_, k): Rgb => {
    if (k === 0) return [0, 0, 0];
    const [r, g, b] = distinct[(k - 1) % distinct.length]!;
    const shade = 0.8 ** (Math.floor((k - 1) / distinct.length) % 8);
    return [Math.round(r * shade), Math.round(g * shade), Math.round(b * shade)];
  });
}
