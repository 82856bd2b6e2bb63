import { bytesPerElement } from '../../../graph/dtype.ts';
import type { Graph } from '../../../graph/graph.ts';
import { sizeOf } from '../../../graph/shape.ts';
import { showType } from '../../../graph/type.ts';
import type { Plan } from './plan.ts';
import { type StepCost, stepCost } from './step-cost.ts';

/** One step of a program, for people. */
export interface StepReport extends StepCost {
  /** The kernel chosen, or undefined for the reference kernel: a fallback. */
  readonly kernel: string | undefined;
  /** Whether that was chosen by measuring, or by a cache of what was measured. */
  readonly measured: boolean;
  /** The operators computed in one go, in their order. */
  readonly ops: readonly string[];
  /** The type of the last of them. */
  readonly result: string;
  /** The composite that made it. */
  readonly scope: string | undefined;
}

/** Bytes of a program's memory. */
export interface MemoryReport {
  /** All of it. */
  readonly bytes: number;
  /** Inputs, parameters, states, constants and kernels' tables, which stay. */
  readonly persistent: number;
  /** Values in between, at the widest moment. */
  readonly peak: number;
  /** What they would take if each had a place of its own. */
  readonly naive: number;
  /** How many times the peak that is. */
  readonly reuse: number;
}

/** Transposes, flips, slices and the like that take no step. */
export interface ViewsReport {
  readonly count: number;
  /** Bytes that are not copied. */
  readonly bytes: number;
}

/** A plan, told: the same as data and, by `toString`, as text. */
export interface PlanReport {
  readonly memory: MemoryReport;
  readonly steps: readonly StepReport[];
  readonly views: ViewsReport;
  /** Operators without a kernel, by name; none in any net that comes with the library. */
  readonly fallbacks: readonly string[];
  toString(): string;
}

/** Tells what a plan does and what memory it needs. */
export function planReport(graph: Graph, plan: Omit<Plan, 'report' | 'fallbacks'>): PlanReport {
  const { bytes, persistent, peak, naive } = plan;
  const memory = { bytes, persistent, peak, naive, reuse: peak === 0 ? 1 : naive / peak };
  const steps = plan.steps.map(
    (step): StepReport => ({
      kernel: step.kernel?.name,
      measured: step.kernel?.measured === true,
      ops: step.nodes.map(({ op }) => op.name),
      result: showType(step.node.type),
      scope: step.node.scope,
      ...stepCost(graph, step),
    }),
  );
  const fallbacks = [...new Set(steps.flatMap(({ kernel, ops }) => (kernel === undefined ? ops : [])))];
  const views = {
    count: plan.unmoved.length,
    bytes: plan.unmoved.reduce((sum, { type }) => sum + sizeOf(type.shape) * bytesPerElement[type.dtype], 0),
  };
  const report = { memory, steps, views, fallbacks };
  // Not a member of the data, so that JSON and comparisons see none.
  return Object.defineProperty(report, 'toString', { value: () => textOf(report) });
}

function textOf({ memory: { bytes, persistent, peak, naive, reuse }, steps, views, fallbacks }: PlanReport): string {
  return [
    `${steps.length} steps`,
    `memory     ${size(bytes)}`,
    `kept       ${size(persistent)} for inputs, parameters, states and constants`,
    `in between ${size(peak)} at the widest moment; ${size(naive)} if each value had a place of its own (reuse ${reuse.toFixed(1)}×)`,
    `views      ${views.count} in place of copies of ${size(views.bytes)}`,
    `fallbacks  ${fallbacks.join(', ') || 'none'}`,
  ].join('\n');
}

const size = (bytes: number): string =>
  bytes < 2 ** 20 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
