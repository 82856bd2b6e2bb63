/** A stretch of an axis that is predicted at once, and the part of it whose result is kept. */
export interface Tile {
  readonly start: number;
  readonly length: number;
  /** First position kept. */
  readonly from: number;
  /** One past the last position kept. */
  readonly to: number;
}

/**
 * Covers an axis with tiles of one length, a multiple of `multiple`; together the kept parts cover each position once. An axis of up to
 * `side` is one tile, filled up to the next multiple. Tiles begin at multiples, so that pooling windows fall as on the whole axis.
 */
export function tilesOf(size: number, multiple: number, side: number, margin: number): Tile[] {
  const padded = Math.ceil(size / multiple) * multiple;
  const length = Math.ceil(side / multiple) * multiple;
  if (padded <= length) return [{ start: 0, length: padded, from: 0, to: size }];
  const stride = Math.max(multiple, Math.floor((length - 2 * margin) / multiple) * multiple);
  const starts: number[] = [];
  for (let start = 0; start < padded - length; start += stride) starts.push(start);
  starts.push(padded - length);
  // Neighbours share the middle of their overlap.
  const cuts = starts.slice(1).map((start, i) => Math.floor((starts[i]! + length + start) / 2));
  return starts.map((start, i) => ({ start, length, from: i === 0 ? 0 : cuts[i - 1]!, to: cuts[i] ?? size }));
}
