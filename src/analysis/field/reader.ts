import { type Graph, type Node, nodesById } from '../../graph/graph.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { type AxisReach, along, type Reach, type WindowReach } from '../../graph/reach.ts';
import { type Shape, sameShape } from '../../graph/shape.ts';
import type { Type } from '../../graph/type.ts';
import { axisReads } from './axis-reads.ts';
import { type Box, everyIndex } from './box.ts';
import { ChoiceFinder } from './choices.ts';
import { chosenAxes, placesOf, sharersOf, turnedAxes } from './chosen-axes.ts';
import { evaluate, isFixed } from './evaluate.ts';
import { type Positions, pointedBoxes, pointingBoxes, sampledBoxes } from './positions.ts';
import { samePosition } from './same-position.ts';

/** What is read, once it is known what depends on other nodes. */
type Resolved = Exclude<Reach, { kind: 'sharing' | 'boxed' }>;

type Pointing = Extract<Reach, { kind: 'pointed' | 'pointing' | 'sharing' }>;

/** Distances of taps, by node and axis. */
export type Steps = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Follows what the nodes of one graph read, by the facts that their operators declare. */
export class Reader {
  readonly #graph: Graph;
  readonly #positions: Positions | undefined;
  readonly #values = new Map<string, NdArray>();
  readonly #reaches = new Map<string, Resolved>();

  readonly #steps: Steps | undefined;
  readonly #choices: ChoiceFinder;
  readonly #chosen = new Set<string>();

  /** @param steps other distances of taps than those declared: what if? */
  constructor(graph: Graph, positions: Positions | undefined, steps?: Steps) {
    this.#steps = steps;
    this.#graph = graph;
    this.#choices = new ChoiceFinder(graph);
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
        // What is the same in every run is nowhere else.
        const within = isFixed(this.#graph, node.inputs[reach.by]!) ? 0 : (this.#positions?.within ?? 0);
        return sampledBoxes(box, reach, shape.slice(2), this.#value(node, reach.by), within, clip);
      }
    }
  }

  /** What a node reads of an input. Positions that only a run can tell may be anywhere, unless they are of maxima of known windows or boxes. */
  reach(node: Node, key: string): Resolved {
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

  /**
   * Whether an input only chooses among the elements of another that is followed, all of which are known. The copies it is
   * computed from stand in no order that could be continued beyond the ends.
   */
  onlyChooses(node: Node, key: string, isFollowed: (id: string) => boolean): boolean {
    const declared = node.op.reach?.(this.#types(node), node.attributes) ?? {};
    return Object.entries(declared).some(([other, reach]) => {
      if ((reach.kind !== 'pointed' && reach.kind !== 'pointing') || reach.by !== key || other === key) return false;
      this.reach(node, other);
      return this.#chosen.has(`${node.id} ${other}`) && isFollowed(node.inputs[other]!);
    });
  }

  #resolve(node: Node, key: string): Resolved {
    const rank = this.#node(node.inputs[key]!).type.shape.length;
    const declared = node.op.reach?.(this.#types(node), node.attributes)[key];
    if (declared === undefined) return anywhere(rank, 0);
    if (declared.kind === 'sampled')
      return this.#positions !== undefined || isFixed(this.#graph, node.inputs[declared.by]!)
        ? declared
        : anywhere(rank, 2);
    if (declared.kind === 'boxed') return this.#boxed(node, key, declared.by);
    if (declared.kind === 'axes' || declared.kind === 'position' || declared.kind === 'none') return declared;
    const { by, batch } = declared;
    if (declared.kind !== 'sharing' && isFixed(this.#graph, node.inputs[by]!)) return declared;
    const inPlane = this.#picked(node, key, declared);
    if (inPlane !== undefined)
      return { kind: 'axes', axes: [...everyIndex(batch).map((axis) => along(axis)), ...inPlane] };
    return declared.kind === 'sharing' || this.#positions?.values === undefined ? anywhere(rank, batch) : declared;
  }

  /** The axes of a plane that positions of maxima point into, or from. */
  #picked(node: Node, key: string, { kind, by, batch }: Pointing): readonly AxisReach[] | undefined {
    const { shape } = this.#node(node.inputs[key]!).type;
    const plane = (kind === 'pointing' ? node.type.shape : shape).slice(batch);
    const windows = this.#windows(node.inputs[by]!, plane);
    if (windows?.every((axis): axis is WindowReach => axis.kind === 'window'))
      return windows.map((axis, k) => {
        const window = { ...axis, axis: batch + k };
        return kind === 'pointed' ? window : kind === 'pointing' ? turned(window) : overlapping(window);
      });
    if (kind === 'pointed' && windows !== undefined) return windows;
    const choices = this.#choices.of(node.inputs[by]!);
    if (choices === undefined) return undefined;
    const places = kind === 'sharing' ? sharersOf(placesOf(choices), shape, batch) : placesOf(choices);
    const among = places && chosenAxes(places, plane, batch);
    const axes = kind !== 'pointing' || among === undefined ? among : turnedAxes(among, shape.slice(batch), batch);
    if (axes !== undefined) this.#chosen.add(`${node.id} ${key}`);
    return axes;
  }

  /** What a node that picks reads along the axes of a plane. */
  #windows(id: string, plane: Shape): readonly AxisReach[] | undefined {
    let node = this.#node(id);
    while (node.op.passes !== undefined) node = this.#node(node.inputs[node.op.passes]!);
    const { picks } = node.op;
    if (picks === undefined) return undefined;
    const reach = this.reach(node, picks);
    const { shape } = this.#node(node.inputs[picks]!).type;
    if (reach.kind !== 'axes' || shape.length < plane.length) return undefined;
    const last = reach.axes.slice(shape.length - plane.length);
    // Positions in boxes are in all axes, and only there do they mean the same elements.
    const inAll = node.op.reach?.(this.#types(node), node.attributes)[picks]?.kind === 'boxed';
    return inAll && !sameShape(shape, plane) ? undefined : last;
  }

  /** Boxes, if they are known; then for each box the image and what is inside along each axis. */
  #boxed(node: Node, key: string, by: string): Reach & { kind: 'axes' } {
    const { shape } = this.#node(node.inputs[key]!).type;
    const known = this.#positions?.values !== undefined || isFixed(this.#graph, node.inputs[by]!);
    const box = known ? this.#value(node, by) : undefined;
    const row = (axis: number) => (index: number) => {
      const bound = (k: number): number => box!.data[index * box!.shape[1]! + k]!;
      return everyIndex(shape[axis]!).filter((at) =>
        axis === 0 ? at === bound(0) : at >= bound(2 * axis - 3) && at < bound(2 * axis - 2),
      );
    };
    const along0 = (axis: number): AxisReach =>
      box === undefined ? { kind: 'all' } : { kind: 'rows', axis: 0, row: row(axis), bounded: true };
    return { kind: 'axes', axes: shape.map((_, axis) => (axis === 1 ? along(1) : along0(axis))) };
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
