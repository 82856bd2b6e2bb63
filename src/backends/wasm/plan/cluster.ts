import { type Graph, type Node, nodesById } from '../../../graph/graph.ts';
import { sameShape } from '../../../graph/shape.ts';
import { type SumAttributes, sumOp } from '../../../ops/reduce/sum.ts';
import type { Cluster, Member, Source } from '../kernels/fused/cluster.ts';
import type { Epilogue } from '../kernels/fused/epilogue.ts';
import { isFused } from '../kernels/fused/reads-rows.ts';
import { firstOf } from '../kernels/joint.ts';
import { Bits } from './bits.ts';
import { ordered } from './order.ts';
import { sourceOf } from './sources.ts';
import type { Views } from './views.ts';

/** What is done in one go: a cluster, or one node with a kernel of its own and others whose values this comes by. */
export interface Work {
  readonly nodes: readonly Node[];
  readonly cluster: Cluster | undefined;
  /** The members whose values others read. */
  readonly results: readonly string[];
  /** The values read from memory. */
  readonly reads: readonly string[];
  /** What becomes of the first node's value before it is written: it is no result itself. */
  readonly epilogue?: Epilogue;
  /** Several clusters in one go that have nothing to do with each other: each by itself. */
  readonly alike?: readonly {
    readonly cluster: Cluster;
    readonly results: readonly string[];
    readonly reads: readonly string[];
  }[];
}

/** Beyond these, registers spill and code grows. */
const mostMembers = 48;
const mostReads = 16;

interface Draft {
  readonly members: Member[];
  readonly reads: Set<string>;
  readonly others: Set<number>;
  /** All drafts that have to be computed before. */
  readonly before: Bits;
  fusable: boolean;
  shape: readonly number[];
  sumAxes: readonly number[] | undefined;
}

/**
 * Orders the nodes that compute, pointwise ones and sums gathered in clusters. Two drafts become one where one reads the
 * other element for element, unless something in between had to run after one and before the other.
 */
export function gather(graph: Graph, works: readonly Node[], { views, makersOf }: Views): Work[] {
  const byId = nodesById(graph);
  /** Whether a value is what one node computes, element for element. */
  const isOwn = (id: string): boolean => makersOf(id)[0] === id;
  const source = sourceOf(graph, views);
  const drafts: (Draft | undefined)[] = [];
  const draftOf = new Map<string, number>();

  for (const node of works) {
    const fusable = isFused(node.op);
    const first = firstOf(node, byId);
    const together = first && draftOf.get(first.id);
    if (together !== undefined) {
      const sources = Object.entries(node.inputs).map(([name, id]) => [name, at(byId.get(id)!)] as const);
      drafts[together]!.members.push({ node, sources: Object.fromEntries(sources) });
      draftOf.set(node.id, together);
      continue;
    }
    const sources: { [input: string]: Source } = {};
    for (const [name, id] of Object.entries(node.inputs)) sources[name] = fusable ? source(id) : at(byId.get(id)!);
    const sum = node.op === sumOp;
    const shape = sum ? byId.get(node.inputs.x!)!.type.shape : node.type.shape;
    const own = drafts.length;
    const draft: Draft = {
      members: [{ node, sources }],
      reads: new Set(),
      others: new Set(),
      before: new Bits(works.length),
      fusable,
      shape,
      sumAxes: sum ? (node.attributes as SumAttributes).axes : undefined,
    };
    const linked = new Set<number>();
    for (const from of Object.values(sources)) {
      if (from.kind !== 'memory') continue;
      draft.reads.add(from.id);
      for (const maker of makersOf(from.id)) {
        const producer = draftOf.get(maker)!;
        draft.before.add(producer);
        draft.before.join(drafts[producer]!.before);
        if (isSame(from, shape, byId) && isOwn(from.id) && byId.get(from.id)!.op !== sumOp) linked.add(producer);
      }
    }
    drafts.push(draft);
    draftOf.set(node.id, own);
    let into = own;
    for (const other of fusable ? [...linked].reverse() : []) if (canMerge(other, into)) into = merge(other, into);
  }

  /** Whether every read of one draft from the other is of the same element. */
  function canMerge(a: number, b: number): boolean {
    const [x, y] = [drafts[a]!, drafts[b]!];
    if (a === b || !x.fusable || !y.fusable || !sameShape(x.shape, y.shape)) return false;
    if (x.members.length + y.members.length > mostMembers) return false;
    const outside = new Set([...x.reads, ...y.reads]);
    for (const id of outside)
      if (makersOf(id).some((maker) => [a, b].includes(draftOf.get(maker)!))) outside.delete(id);
    if (outside.size > mostReads) return false;
    if (x.sumAxes !== undefined && y.sumAxes !== undefined && !sameShape(x.sumAxes, y.sumAxes)) return false;
    if (!elementwise(a, y) || !elementwise(b, x)) return false;
    return !isBetween(a, b) && !isBetween(b, a);
  }

  /** Whether something else has to run after one draft and before the other. */
  function isBetween(first: number, last: number): boolean {
    const { before } = drafts[last]!;
    return before.has(first) && before.some((k) => k !== first && drafts[k]!.before.has(first));
  }

  function elementwise(from: number, reader: Draft): boolean {
    if (!reader.before.has(from)) return true;
    return reader.members.every(({ sources }) =>
      Object.values(sources).every(
        (s) =>
          s.kind !== 'memory' ||
          makersOf(s.id).every((maker) => draftOf.get(maker) !== from) ||
          (isOwn(s.id) && byId.get(s.id)!.op !== sumOp && isSame(s, reader.shape, byId)),
      ),
    );
  }

  function merge(a: number, b: number): number {
    const [x, y] = [drafts[a]!, drafts[b]!];
    x.members.push(...y.members);
    for (const id of y.reads) x.reads.add(id);
    x.before.join(y.before);
    x.before.delete(a);
    x.before.delete(b);
    x.sumAxes ??= y.sumAxes;
    for (const { node } of y.members) draftOf.set(node.id, a);
    drafts[b] = undefined;
    // Counted: this is the innermost of all loops here, and iterators would be most of what is allocated.
    for (let k = 0; k < drafts.length; k++) {
      const before = drafts[k]?.before;
      if (k === a || before === undefined || !(before.has(a) || before.has(b))) continue;
      before.delete(b);
      before.add(a);
      before.join(x.before);
    }
    return a;
  }

  return settle(graph, works, drafts, draftOf, makersOf);
}

/** Puts drafts in order and leaves out what nobody reads any more. */
function settle(
  graph: Graph,
  works: readonly Node[],
  drafts: readonly (Draft | undefined)[],
  draftOf: ReadonlyMap<string, number>,
  makersOf: Views['makersOf'],
): Work[] {
  const position = new Map(works.map(({ id }, i) => [id, i]));
  const readsOf = (k: number): number[] => {
    const from = [...drafts[k]!.reads].flatMap(makersOf).map((maker) => draftOf.get(maker)!);
    return [...new Set(from.filter((i) => i !== k))];
  };
  const last = drafts.map((draft) => Math.max(-1, ...(draft?.members ?? []).map(({ node }) => position.get(node.id)!)));
  const alive = drafts.flatMap((draft, k) => (draft === undefined ? [] : [k]));
  const order = ordered(alive, readsOf, (k) => last[k]!);

  const needed = new Set([...Object.values(graph.outputs), ...Object.values(graph.updates)].flatMap(makersOf));
  const work: Work[] = [];
  for (const k of order.reverse()) {
    const { members, fusable, shape, sumAxes } = drafts[k]!;
    const results = members.filter(({ node }) => needed.has(node.id));
    if (results.length === 0) continue;
    const inside = new Map(members.map((member) => [member.node.id, member]));
    const kept = new Map<string, Member>();
    const reads = new Set<string>();
    const pending = results.map(({ node }) => node.id);
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (kept.has(id)) continue;
      const { node, sources } = inside.get(id)!;
      const local = Object.entries(sources).map(([name, source]): [string, Source] =>
        source.kind === 'memory' && inside.has(source.id) ? [name, { kind: 'member', id: source.id }] : [name, source],
      );
      kept.set(id, { node, sources: Object.fromEntries(local) });
      for (const [, source] of local)
        if (source.kind === 'member') pending.push(source.id);
        else if (source.kind === 'memory') reads.add(source.id);
    }
    for (const id of reads) for (const maker of makersOf(id)) needed.add(maker);
    const sorted = [...kept.values()].sort((a, b) => position.get(a.node.id)! - position.get(b.node.id)!);
    const isSum = (id: string): boolean => inside.get(id)!.node.op === sumOp;
    const ids = results.map(({ node }) => node.id);
    work.push({
      nodes: sorted.map(({ node }) => node),
      results: ids,
      reads: [...reads],
      cluster: fusable
        ? {
            shape,
            members: sorted,
            dense: ids.filter((id) => !isSum(id)),
            sums: ids.filter(isSum),
            axes: sumAxes ?? [],
          }
        : undefined,
    });
  }
  return work.reverse();
}

const at = ({ id, type }: Node): Source => ({
  kind: 'memory',
  id,
  type,
  axes: type.shape.map((_, k) => k),
  strides: undefined,
});

const isSame = (source: Source, shape: readonly number[], byId: ReadonlyMap<string, Node>): boolean =>
  source.kind === 'memory' && source.axes.length === shape.length && sameShape(byId.get(source.id)!.type.shape, shape);
