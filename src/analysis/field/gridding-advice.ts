import { type Graph, nodesById } from '../../graph/graph.ts';
import { ancestors, descendants } from '../../graph/topology.ts';
import { everyIndex } from './box.ts';
import { ends } from './ends.ts';
import { Reader } from './reader.ts';
import { type FieldOptions, isPlace } from './receptive-field.ts';
import { trace } from './trace.ts';

/** A window whose taps stand apart. */
export interface AdvisedDilation {
  /** Of the node, and the composite that made it. */
  readonly id: string;
  readonly scope: string | undefined;
  readonly taps: number;
  readonly dilation: number;
  /** The dilation advised. */
  readonly advised: number;
}

/** What leaves holes along one axis, and what would leave none. */
export interface GriddingAdvice {
  /** Of the input, and of all tensors on the way. */
  readonly axis: number;
  /** Elements between the first and the last that no path reads. */
  readonly holes: number;
  /** Every dilated window on the way. */
  readonly dilations: readonly AdvisedDilation[];
  /** Holes that stay when the advice is followed: what strides alone leave out. */
  readonly left: number;
}

/**
 * Where a net leaves out elements of its field, and the dilations nearest to its own that do not (operators.md 58). In a
 * stack no rate, in increasing order, may exceed the span of those before it: whether rates are coprime tells nothing, (2, 3)
 * and (1, 2, 9) leave holes, (1, 2, 4) and (1, 3, 9) do not (correction 38). Where branches or strides make that rule fail,
 * dilations are lowered one by one, the one first that closes most holes. All is counted on the graph, not on the rule.
 *
 * @returns one entry per spatial axis with holes; none for nets without
 * @throws CotangentError `field/name`.
 */
export function griddingAdvice(graph: Graph, options: FieldOptions = {}): readonly GriddingAdvice[] {
  const { from, to, reader } = ends(graph, options);
  const { shape } = nodesById(graph).get(from)!.type;
  const box = shape.map((size, axis) => (isPlace(axis, shape.length) ? [Math.floor(size / 2)] : everyIndex(size)));
  return shape.flatMap((_, axis) => {
    if (!isPlace(axis, shape.length)) return [];
    const windows = windowsAlong(graph, reader, from, to, axis);
    const holesWith = (steps: readonly number[]): number => {
      const changed = new Map(windows.map(({ id }, i) => [id, new Map([[axis, steps[i]!]])]));
      const read = trace(graph, new Reader(graph, options.positions, changed), { from, box, to, clip: false }).along(
        axis,
      );
      return read.length === 0 ? 0 : read.at(-1)! - read[0]! + 1 - read.length;
    };
    const steps = windows.map(({ dilation }) => dilation);
    const holes = holesWith(steps);
    if (holes === 0) return [];
    const byRule = ruled(windows);
    const advised = holesWith(byRule) === 0 ? byRule : lowered(steps, holes, holesWith);
    const dilations = windows.flatMap((window, i) =>
      window.dilation > 1 ? [{ ...window, advised: advised[i]! }] : [],
    );
    return [{ axis, holes, dilations, left: holesWith(advised) }];
  });
}

type Window = Omit<AdvisedDilation, 'advised'>;

function windowsAlong(graph: Graph, reader: Reader, from: string, to: string, axis: number): readonly Window[] {
  const behind = descendants(graph, [to]);
  const between = new Set([...ancestors(graph, [from])].filter((id) => behind.has(id)));
  return graph.nodes.flatMap((node): Window[] => {
    if (!between.has(node.id) || node.id === to) return [];
    for (const [key, id] of Object.entries(node.inputs)) {
      const reach = between.has(id) ? reader.reach(node, key) : undefined;
      const along = reach?.kind === 'axes' ? reach.axes[axis] : undefined;
      if (along?.kind === 'window' && along.taps > 1 && along.spread === 1)
        return [{ id: node.id, scope: node.scope, taps: along.taps, dilation: along.step }];
    }
    return [];
  });
}

/** In increasing order, none larger than the span of those before it. */
function ruled(windows: readonly Window[]): number[] {
  const steps = windows.map(({ dilation }) => dilation);
  let span = 1;
  for (const i of [...windows.keys()].sort((a, b) => steps[a]! - steps[b]!)) {
    steps[i] = Math.min(steps[i]!, span);
    span += (windows[i]!.taps - 1) * steps[i]!;
  }
  return steps;
}

/** One less at a time, where that closes most holes; of equals the largest. */
function lowered(from: readonly number[], holes: number, holesWith: (steps: readonly number[]) => number): number[] {
  let steps = [...from];
  for (let left = holes; left > 0 && steps.some((step) => step > 1); ) {
    const tries = steps.flatMap((step, i) => {
      if (step === 1) return [];
      const next = steps.with(i, step - 1);
      return [{ next, step, holes: holesWith(next) }];
    });
    const best = tries.reduce((a, b) => (b.holes < a.holes || (b.holes === a.holes && b.step > a.step) ? b : a));
    steps = best.next;
    left = best.holes;
  }
  return steps;
}
