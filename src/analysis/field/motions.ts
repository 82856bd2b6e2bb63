import { type Graph, nodesById } from '../../graph/graph.ts';
import type { AxisReach, Reach } from '../../graph/reach.ts';
import type { Shape } from '../../graph/shape.ts';
import { descendants } from '../../graph/topology.ts';
import { type Fraction, fraction, leastCommonMultiple, times } from './fraction.ts';
import type { Reader } from './reader.ts';
import { rowsWithoutEnd } from './rows-without-end.ts';
import { axisGroups } from './same-position.ts';

/** How what is read along one axis moves when an index of the output grows by one. */
export interface Motion {
  /** The output's axis; undefined for everything, whatever the index. */
  readonly along: number | undefined;
  readonly jump: Fraction;
}

/** Motions by a text that is the same for equal ones. */
type Found = Map<string, Motion>;

const everything: Motion = { along: undefined, jump: [0, 1] };

/** What moves how. */
export interface Motions {
  /** Along each axis of the input, the motions on all paths: several where branches disagree. */
  readonly axes: readonly (readonly Motion[])[];
  /** After so many outputs, everything on the way has moved by whole elements: fields of outputs so far apart are alike. */
  readonly period: number;
}

/** The motions of what an output's elements read, from node `from` back to node `to`. */
export function motionsOf(graph: Graph, reader: Reader, from: string, to: string): Motions {
  const byId = nodesById(graph);
  const followed = new Set([from]);
  const behind = descendants(graph, [to]);
  const found = new Map<string, Found[]>();
  const of = (id: string): Found[] => {
    let motions = found.get(id);
    if (motions === undefined) {
      motions = byId.get(id)!.type.shape.map(() => new Map<string, Motion>());
      found.set(id, motions);
    }
    return motions;
  };
  of(from).forEach((motions, axis) => {
    put(motions, { along: axis, jump: [1, 1] });
  });
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i]!;
    if (!followed.has(node.id)) continue;
    for (const [key, id] of Object.entries(node.inputs)) {
      if (reader.onlyChooses(node, key, (other) => behind.has(other))) continue;
      followed.add(id);
      const { shape } = byId.get(id)!.type;
      const moved = step(of(node.id), reader.reach(node, key), node.type.shape, shape);
      moved.forEach((motions, axis) => {
        for (const motion of motions) put(of(id)[axis]!, motion);
      });
    }
  }
  const met = [...found.values()].flat().flatMap((motions) => [...motions.values()]);
  return {
    axes: of(to).map((motions) => [...motions.values()]),
    period: met.reduce((all, { jump }) => leastCommonMultiple(all, jump[1]), 1),
  };
}

const put = (motions: Found, motion: Motion): Found => motions.set(`${motion.along} ${motion.jump}`, motion);

const scaled = (motions: Found, factor: Fraction): Motion[] =>
  [...motions.values()].map(({ along, jump }) => ({ along, jump: times(jump, factor) }));

/** From a result's axes to an input's. */
function step(motions: readonly Found[], reach: Reach, from: Shape, to: Shape): readonly (readonly Motion[])[] {
  if (reach.kind === 'axes') return reach.axes.map((axis, k) => alongAxis(motions, axis, from, to[k]!));
  const moved: Motion[][] = to.map(() => []);
  if (reach.kind !== 'position') return moved;
  for (const group of axisGroups(from, to)) {
    const sizes = (axes: readonly number[], shape: Shape, after: number): number =>
      axes.slice(after + 1).reduce((product, axis) => product * shape[axis]!, 1);
    const flat = group.from.flatMap((axis, k) => scaled(motions[axis]!, [sizes(group.from, from, k), 1]));
    moved[group.to[0]!]!.push(
      ...flat.map(({ along, jump }) => ({ along, jump: times(jump, [1, sizes(group.to, to, 0)]) })),
    );
  }
  return moved;
}

function alongAxis(motions: readonly Found[], reach: AxisReach, from: Shape, size: number): readonly Motion[] {
  switch (reach.kind) {
    case 'all':
      return [everything];
    case 'window':
      return scaled(motions[reach.axis]!, fraction(reach.stride, reach.spread));
    case 'rows': {
      if (reach.bounded === true) return [];
      const count = from[reach.axis]!;
      const full = [0, count - 1].every((p) => new Set(reach.row(p)).size === size);
      return full ? [everything] : scaled(motions[reach.axis]!, fraction(...rowsWithoutEnd(reach, count, size).jump));
    }
  }
}
