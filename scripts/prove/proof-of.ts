import type { Proof } from '../../src/check/index.ts';
import type { OpTable } from '../../src/graph/op.ts';
import type { Subject } from './plan.ts';

/** What all jobs of a subject proved together. */
export function totalsOf({ results }: Subject): Omit<Proof, 'op' | 'order'> {
  const sum = (f: (proof: Omit<Proof, 'op' | 'order'>) => number): number => results.reduce((s, r) => s + f(r), 0);
  return {
    cases: sum(({ cases }) => cases),
    tally: {
      exact: sum(({ tally }) => tally.exact),
      bounded: sum(({ tally }) => tally.bounded),
      smooth: sum(({ tally }) => tally.smooth),
      retried: sum(({ tally }) => tally.retried),
    },
    adjoint: sum(({ adjoint }) => adjoint),
    kinks: sum(({ kinks }) => kinks),
    mutants: results.find(({ mutants }) => mutants !== undefined)?.mutants,
  };
}

/** The proof of an operator. */
export const proofOf = (subject: Subject, order: number, ops: OpTable): Proof => ({
  op: ops[subject.name]!,
  order,
  ...totalsOf(subject),
});
