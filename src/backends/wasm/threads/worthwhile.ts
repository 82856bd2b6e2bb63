import type { Graph } from '../../../graph/graph.ts';
import type { Step } from '../plan/place.ts';
import { stepCost } from '../plan/step-cost.ts';
import { meetings } from './meetings.ts';

/** What to expect of one thread: operations and bytes per second. */
const rate = { flops: 20e9, bytes: 10e9 };

/** What working together costs, in seconds: waking the others, and every meeting. */
const cost = { waking: 30e-6, meeting: 0.3e-6 };

/** Whether a program gains by a second thread: half of its work takes longer than waking and meeting. */
export function isWorthwhile(graph: Graph, steps: readonly Step[]): boolean {
  const work = steps
    .map((step) => stepCost(graph, step))
    .reduce((seconds, { flops, bytes }) => seconds + flops / rate.flops + bytes / rate.bytes, 0);
  const inside = steps.reduce((sum, { kernel }) => sum + (kernel?.phases.length ?? 1) - 1, 0);
  const meets = meetings(steps).filter(Boolean).length + inside;
  return work / 2 > cost.waking + meets * cost.meeting;
}
