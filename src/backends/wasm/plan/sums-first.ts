import type { Work } from './cluster.ts';
import type { Views } from './views.ts';

/** Sums right behind what makes their terms, while that is still near: their own results take no room to speak of. */
export function sumsFirst(works: readonly Work[], { makersOf }: Views): Work[] {
  const ordered: Work[] = [];
  for (const work of works) {
    const { cluster, reads } = work;
    if (cluster === undefined || cluster.dense.length > 0) {
      ordered.push(work);
      continue;
    }
    const makers = new Set(reads.flatMap(makersOf));
    const last = ordered.findLastIndex(({ nodes }) => nodes.some(({ id }) => makers.has(id)));
    ordered.splice(last + 1, 0, work);
  }
  return ordered;
}
