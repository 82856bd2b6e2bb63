import { bytesPerElement } from '../../../graph/dtype.ts';
import type { AnyOp } from '../../../graph/op.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Cluster, Source } from '../kernels/fused/cluster.ts';
import type { Work } from './cluster.ts';
import type { Views } from './views.ts';

/**
 * Joins neighbours among works that do the same with values of their own, such as an optimiser's steps for all its
 * parameters: one loop for all of them.
 */
export function joinAlike(works: readonly Work[], { views, makersOf }: Views): Work[] {
  const rootOf = (id: string): string => views.get(id)?.root ?? id;
  const ops = new Map<AnyOp, number>();
  const numberOf = (op: AnyOp): number => ops.get(op) ?? ops.set(op, ops.size).size - 1;
  const joined: Work[] = [];
  let run: Work[] = [];
  let kind: string | undefined;
  const touched = new Set<string>();
  const close = (): void => {
    joined.push(...(run.length > 1 ? [together(run)] : run));
    run = [];
    touched.clear();
  };
  for (const work of works) {
    const own =
      work.cluster === undefined || work.results.some((id) => views.has(id))
        ? undefined
        : kindOf(work.cluster, numberOf);
    const { reads, results } = work;
    const values = [...denseReads(work.cluster).map(rootOf), ...results];
    const apart =
      values.every((id) => !touched.has(id)) &&
      reads.every((id) => !run.some((other) => makersOf(id).some((maker) => other.results.includes(maker))));
    if (own === undefined || own !== kind || !apart) close();
    kind = own;
    run.push(work);
    for (const id of values) touched.add(id);
  }
  close();
  return joined;
}

/** The works of a run as one; what each may write over is its own. */
function together(run: readonly Work[]): Work {
  const clusters = run.map(({ cluster }) => cluster!);
  return {
    nodes: run.flatMap(({ nodes }) => nodes),
    results: run.flatMap(({ results }) => results),
    reads: [...new Set(run.flatMap(({ reads }) => reads))],
    cluster: {
      ...clusters[0]!,
      members: clusters.flatMap(({ members }) => members),
      dense: clusters.flatMap(({ dense }) => dense),
    },
    alike: run.map(({ results, reads, cluster }) => ({ results, reads, cluster: cluster! })),
  };
}

const memoryOf = (cluster: Cluster | undefined): Extract<Source, { kind: 'memory' }>[] =>
  (cluster?.members ?? []).flatMap(({ sources }) => Object.values(sources).filter((s) => s.kind === 'memory'));

const isDense = ({ type, strides }: Extract<Source, { kind: 'memory' }>, { shape }: Cluster): boolean =>
  strides === undefined && sizeOf(type.shape) === sizeOf(shape);

const denseReads = (cluster: Cluster | undefined): string[] =>
  memoryOf(cluster)
    .filter((source) => isDense(source, cluster!))
    .map(({ id }) => id);

/** What a cluster computes, but for the sizes and places of values; undefined unless it runs through all of them alike. */
function kindOf(cluster: Cluster, numberOf: (op: AnyOp) => number): string | undefined {
  const { shape, members, dense, sums } = cluster;
  const memory = memoryOf(cluster);
  if (sums.length > 0 || sizeOf(shape) < 2) return undefined;
  if (!memory.every((source) => isDense(source, cluster) || sizeOf(source.type.shape) === 1)) return undefined;
  const dtypes = [...members.map(({ node }) => node.type.dtype), ...memory.map(({ type }) => type.dtype)];
  if (new Set(dtypes.map((dtype) => bytesPerElement[dtype])).size > 1) return undefined;
  const ids = [...members.map(({ node }) => node.id), ...new Set(memory.map(({ id }) => id))];
  const told = (source: Source): unknown => {
    if (source.kind === 'member') return ids.indexOf(source.id);
    if (source.kind === 'uniform') return [source.dtype, `${Object.is(source.value, -0) ? '-0' : source.value}`];
    const { id, type } = source;
    return isDense(source, cluster) ? [ids.indexOf(id), type.dtype] : { id };
  };
  const exactly = (_: string, value: unknown): unknown => (Object.is(value, -0) ? '-0' : value);
  return JSON.stringify(
    [
      members.map(({ node: { op, attributes, type }, sources }) => [
        numberOf(op),
        attributes,
        type.dtype,
        Object.entries(sources).map(([name, source]) => [name, told(source)]),
      ]),
      dense.map((id) => ids.indexOf(id)),
    ],
    exactly,
  );
}
