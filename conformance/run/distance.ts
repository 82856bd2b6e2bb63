/** What holds numbers: an array of the engine, or the data of a case file's tensor as numbers. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** The largest |a − b| in units of max(1, largest finite |b|); infinite for another shape or a NaN in one of them only. */
export function distance(a: Numbers, b: Numbers): number {
  if (a.shape.join() !== b.shape.join()) return Number.POSITIVE_INFINITY;
  let scale = 1;
  for (let i = 0; i < b.data.length; i++) if (Number.isFinite(b.data[i])) scale = Math.max(scale, Math.abs(b.data[i]!));
  let most = 0;
  for (let i = 0; i < b.data.length; i++) {
    const [x, y] = [a.data[i]!, b.data[i]!];
    if (Object.is(x, y)) continue;
    const off = Math.abs(x - y) / scale;
    // Written so that NaN is the largest distance of all.
    if (!(off <= most)) most = Number.isNaN(off) ? Number.POSITIVE_INFINITY : off;
  }
  return most;
}
