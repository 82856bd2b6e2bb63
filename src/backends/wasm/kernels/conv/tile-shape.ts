/** Sums that stay in registers. */
const most = 8;

/** How many output channels a tile takes: four, or fewer where that leaves fewer over. */
export const tileHeight = (outputs: number): number =>
  outputs === 0 ? 1 : Math.ceil(outputs / Math.ceil(outputs / 4));

/** The widest block of at most `limit` that divides `count` into blocks as alike as possible. */
export const even = (count: number, limit: number): number =>
  count === 0 ? 1 : Math.ceil(count / Math.ceil(count / limit));

/** How many vectors of x go with `height` output channels. */
export const tileWidth = (height: number): number => Math.floor(most / height);

/** How many of `columns` results go with `height` output channels, by the time that loads and sums of all tiles take. */
export function dotWidth(height: number, columns: number): number {
  const time = (width: number): number => Math.ceil(columns / width) * (2 + Math.max(height * width, height + width));
  return Array.from({ length: tileWidth(height) }, (_, i) => i + 1).reduce((a, b) => (time(b) < time(a) ? b : a));
}
