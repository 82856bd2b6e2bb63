import type { Graph } from '../graph/graph.ts';
import type { Literals } from '../ops/constant/literals.ts';
import { mergeCommonSubexpressions } from './common-subexpressions.ts';
import { removeDeadCode } from './dead-code.ts';
import { type FoldOptions, foldConstants } from './fold-constants.ts';
import type { Rewrite } from './rewrite.ts';
import { simplify } from './simplify.ts';

/** Rounds after which `optimize` stops even if a pass still finds something. */
const mostRounds = 8;

/** The graph after all passes, and the log of those that changed something, for `explain` and `undo`. */
export interface Optimized {
  readonly graph: Graph;
  readonly log: readonly Rewrite[];
}

/** Runs all passes in turn until none changes anything. Results keep their bits. */
export function optimize(graph: Graph, literals: Literals, options: FoldOptions = {}): Optimized {
  const passes = [
    (g: Graph) => simplify(g, literals),
    (g: Graph) => foldConstants(g, literals, options),
    mergeCommonSubexpressions,
    removeDeadCode,
  ];
  const log: Rewrite[] = [];
  for (let round = 0, busy = true; busy && round < mostRounds; round++) {
    busy = false;
    for (const pass of passes) {
      const rewrite = pass(log.at(-1)?.graph ?? graph);
      if (rewrite.patches.length === 0) continue;
      log.push(rewrite);
      busy = true;
    }
  }
  return { graph: log.at(-1)?.graph ?? graph, log };
}
