import { sizeOf } from '../../../../graph/shape.ts';
import type { Kernel, KernelCode, Operand, Placement } from '../kernel.ts';
import { split } from '../split.ts';
import type { Cluster } from './cluster.ts';
import { ClusterCode } from './cluster-code.ts';
import { nameOf } from './fused-kernel.ts';
import { type Layout, layOut } from './layout.ts';
import { unrolling } from './unrolling.ts';

/** Elements that a thread takes at a time. */
const piece = 4096;

/** One loop for several clusters that do the same with values of any size: a table says where each piece's operands lie. */
export function batchKernel(clusters: readonly Cluster[]): Kernel {
  const first = clusters[0]!;
  const layouts = clusters.map((cluster) => layOut(cluster, new Map()));
  const pieces = clusters.reduce((sum, { shape }) => sum + Math.ceil(sizeOf(shape) / piece), 0);
  const entry = 4 * (1 + denseOf(layouts[0]!).length + first.dense.length);
  return {
    name: `${nameOf(first)} of ${clusters.length} values`,
    inPlace: layouts.flatMap(denseOf),
    addresses: { bytes: pieces * entry, at: (at) => table(clusters, layouts, at) },
    phases: [(code, at) => loops(code, first, layouts[0]!, at, { pieces, entry })],
  };
}

const denseOf = ({ reads }: Layout): string[] => reads.filter(({ dense }) => dense).map(({ id }) => id);

/** For every piece: its bytes, and the addresses of what is read and written. */
function table(clusters: readonly Cluster[], layouts: readonly Layout[], { inputs, outputs }: Placement): Uint8Array {
  const { width } = layouts[0]!;
  const unit = 16 / width;
  const entries = clusters.flatMap(({ shape, dense }, k) => {
    const operands: Operand[] = [...denseOf(layouts[k]!).map((id) => inputs[id]!), ...dense.map((id) => outputs[id]!)];
    const size = sizeOf(shape);
    return Array.from({ length: Math.ceil(size / piece) }, (_, i) => [
      Math.min(piece, size - i * piece) * unit,
      ...operands.map(({ address }) => address + i * piece * unit),
    ]);
  });
  return new Uint8Array(Int32Array.from(entries.flat()).buffer);
}

function loops(
  code: KernelCode,
  cluster: Cluster,
  layout: Layout,
  at: Placement,
  { pieces, entry }: { readonly pieces: number; readonly entry: number },
): void {
  const { f } = code;
  const [index, place, position, end] = f.locals('i32', 4);
  const reads = f.locals('i32', denseOf(layout).length);
  const writes = f.locals('i32', cluster.dense.length);
  const parts = new ClusterCode(code, cluster, layout, at, { reads, writes });
  const rounds = unrolling(cluster, 2, layout);
  const { from, below } = split(code, pieces);
  f.count(index, { local: from }, { local: below }, 1, () => {
    f.get(index).i32(entry).op('i32.mul').i32(at.table).op('i32.add').set(place);
    for (const [k, local] of [end, ...reads, ...writes].entries())
      f.get(place)
        .access('i32.load', 4 * k)
        .set(local);
    // Behind the last element there is room for the rest of a round.
    f.count(position, 0, { local: end }, 16 * rounds, () => {
      for (let k = 0; k < rounds; k++) parts.body(position, 'vector', 16 * k, () => {});
    });
  });
}
