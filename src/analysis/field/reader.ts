import { type Graph, type Node, nodesById } from '../../graph/graph.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { type AxisReach, along, type Reach, type WindowReach } from '../../graph/reach.ts';
import type { Type } from '../../graph/type.ts';
import { axisReads } from './axis-reads.ts';
import { type Box, everyIndex } from './box.ts';
import { evaluate, isFixed } from './evaluate.ts';
import { type Positions, pointedBoxes, pointingBoxes, sampledBoxes } from './positions.ts';
import { samePosition } from './same-position.ts';

/** Distances of taps, by node and axis. */
export type Steps = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Follows what the nodes of one graph read, by the facts that their operators declare. */
export class Reader {
  readonly #graph: Graph;
  readonly #positions: Positions | undefined;
  readonly #values = new Map<string, NdArray>();
  readonly #reaches = new Map<string, Exclude<Reach, { kind: 'sharing' }>>();

  readonly #steps: Steps | undefined;

  /** @param steps other distances of taps than those declared: what if? */
  constructor(graph: Graph, positions: Positions | undefined, steps?: Steps) {
    this.#steps = steps;
    this.#graph = graph;
    this.#positions = positions;
  }

  /** Which elements of the input `key` a box of a node's result reads; without `clip`, what would be padding too. */
  boxes(node: Node, key: string, box: Box, clip: boolean): Box[] {
    const { shape } = this.#node(node.inputs[key]!).type;
    const reach = this.reach(node, key);
    switch (reach.kind) {
      case 'none':
        return [];
      case 'axes':
        return [reach.axes.map((axis, k) => axisReads(box, axis, { from: node.type.shape, size: shape[k]!, clip }))];
      case 'position':
        return samePosition(box, node.type.shape, shape);
      case 'pointed':
        return pointedBoxes(box, shape, this.#value(node, reach.by), reach.batch);
      case 'pointing':
        return pointingBoxes(box, node.type.shape, this.#value(node, reach.by), reach.batch);
      case 'sampled': {
        const { within = 0 } = this.#positions!;
        return sampledBoxes(box, reach, shape.slice(2), this.#value(node, reach.by), within, clip);
      }
    }
  }

  /** What a node reads of an input. Positions that only a run can tell may be anywhere, unless they are of window maxima. */
  reach(node: Node, key: string): Exclude<Reach, { kind: 'sharing' }> {
    const name = `${node.id} ${key}`;
    let reach = this.#reaches.get(name);
    if (reach === undefined) {
      reach = this.#resolve(node, key);
      const steps = this.#steps?.get(node.id);
      if (steps !== undefined && reach.kind === 'axes')
        reach = { ...reach, axes: reach.axes.map((axis, k) => stepped(axis, steps.get(k))) };
      this.#reaches.set(name, reach);
    }
    return reach;
  }

  #resolve(node: Node, key: string): Exclude<Reach, { kind: 'sharing' }> {
    const rank = this.#node(node.inputs[key]!).type.shape.length;
    const declared = node.op.reach?.(this.#types(node), node.attributes)[key];
    if (declared === undefined) return anywhere(rank, 0);
    if (declared.kind === 'sampled')
      return this.#positions !== undefined || isFixed(this.#graph, node.inputs[declared.by]!)
        ? declared
        : anywhere(rank, 2);
    if (declared.kind === 'axes' || declared.kind === 'position' || declared.kind === 'none') return declared;
    const { by, batch } = declared;
    if (declared.kind !== 'sharing' && isFixed(this.#graph, node.inputs[by]!)) return declared;
    const windows = this.#picked(node.inputs[by]!, rank - batch);
    if (windows === undefined)
      return declared.kind === 'sharing' || this.#positions?.values === undefined ? anywhere(rank, batch) : declared;
    const inPlane = windows.map((axis, k) => {
      const window = { ...axis, axis: batch + k };
      return declared.kind === 'pointed' ? window : declared.kind === 'pointing' ? turned(window) : overlapping(window);
    });
    return { kind: 'axes', axes: [...everyIndex(batch).map((axis) => along(axis)), ...inPlane] };
  }

  /** The windows, along the last axes, among whose elements a node picks. */
  #picked(id: string, axes: number): readonly WindowReach[] | undefined {
    let node = this.#node(id);
    while (node.op.passes !== undefined) node = this.#node(node.inputs[node.op.passes]!);
    const { picks } = node.op;
    const reach = picks === undefined ? undefined : node.op.reach?.(this.#types(node), node.attributes)[picks];
    if (reach?.kind !== 'axes') return undefined;
    const last = reach.axes.slice(-axes);
    return last.every((axis): axis is WindowReach => axis.kind === 'window') ? last : undefined;
  }

  #types(node: Node): { readonly [name: string]: Type; readonly y: Type } {
    const inputs = Object.entries(node.inputs).map(([name, from]) => [name, this.#node(from).type] as const);
    return { ...Object.fromEntries(inputs), y: node.type };
  }

  #value(node: Node, key: string): NdArray {
    const id = node.inputs[key]!;
    let value = this.#values.get(id);
    if (value === undefined) {
      value = evaluate(this.#graph, id, this.#positions?.values ?? {});
      this.#values.set(id, value);
    }
    return value;
  }

  #node(id: string): Node {
    return nodesById(this.#graph).get(id)!;
  }
}

/** The same window with its taps at another distance, its middle where it was. */
const stepped = (reach: AxisReach, step: number | undefined): AxisReach =>
  reach.kind !== 'window' || step === undefined
    ? reach
    : { ...reach, step, lo: reach.lo - Math.floor(((reach.taps - 1) * (reach.step - step)) / 2) };

/** Every element after so many axes of the same index. */
const anywhere = (rank: number, batch: number): Extract<Reach, { kind: 'axes' }> => ({
  kind: 'axes',
  axes: everyIndex(rank).map((axis): AxisReach => (axis < batch ? along(axis) : { kind: 'all' })),
});

/** Whose windows an element stands in. */
const turned = ({ axis, stride, lo, spread, taps, step }: WindowReach): WindowReach =>
  along(axis, { stride: spread, spread: stride, taps, step, lo: (taps - 1) * step - lo });

/** Windows that have elements in common with one. */
function overlapping({ axis, stride, taps, step }: WindowReach): WindowReach {
  const far = Math.floor(((taps - 1) * step) / stride);
  return along(axis, { lo: far, taps: 2 * far + 1 });
}
