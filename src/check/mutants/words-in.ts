import type * as FastCheck from 'fast-check';
import type { AnyOp } from '../../graph/op.ts';
import type { Alternatives } from './attribute-changes.ts';
import { leavesOf } from './leaves.ts';

/** Words that operators' attributes take in their own cases. */
export function wordsIn(fc: typeof FastCheck, seed: number): Alternatives {
  const known = new Map<AnyOp, ReadonlyMap<string, ReadonlySet<string>>>();
  return (op, path) => {
    let words = known.get(op);
    if (words === undefined) {
      const found = new Map<string, Set<string>>();
      for (const { attributes } of fc.sample(op.cases(fc), { seed, numRuns: 60 }))
        for (const [at, leaf] of leavesOf(attributes))
          if (typeof leaf === 'string') found.set(at.join('.'), (found.get(at.join('.')) ?? new Set()).add(leaf));
      words = found;
      known.set(op, words);
    }
    return [...(words.get(path.join('.')) ?? [])];
  };
}
