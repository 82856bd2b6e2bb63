import { bytesPerElement, type DType } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Kernel, KernelCode, Placement } from '../kernel.ts';
import { split } from '../split.ts';
import type { Cluster } from './cluster.ts';
import { ClusterCode } from './cluster-code.ts';
import type { Axis, Layout } from './layout.ts';
import { SumStore } from './sum-store.ts';
import { Totals } from './totals.ts';
import { unrolling } from './unrolling.ts';

/** So many results and parts of results give every thread work. */
const enoughItems = 32;
/** A part of a sum has at least this many terms. */
const shortPart = 2048;

const product = (axes: readonly Axis[]): number => sizeOf(axes.map(({ size }) => size));

/**
 * A cluster with sums. Each result is the sum of parts, each part the sum over a stretch of the reduced axes: what the
 * parts are depends on the shape alone, so results do not depend on the number of threads.
 */
export function sumPhases(cluster: Cluster, given: Layout): Pick<Kernel, 'scratch' | 'phases'> {
  if (sizeOf(cluster.shape) === 0) return { phases: [(code, at) => zeros(code, cluster, at)] };
  const layout = cut(given);
  const inner = layout.axes.at(-1)!;
  const outer = layout.axes.slice(0, -1);
  const kept = outer.filter(({ reduced }) => !reduced);
  const reduced = outer.filter((axis) => axis.reduced);
  const results = product(kept) * (inner.reduced ? 1 : inner.size);
  const turns = product(reduced);
  // Where vectors hold several results, one item of work is a vector.
  const items = inner.reduced ? results : product(kept) * Math.ceil(inner.size / layout.width);
  const terms = turns * (inner.reduced ? inner.size : 1);
  const parts = Math.max(
    1,
    Math.min(turns, Math.ceil(enoughItems / items), Math.floor((terms * layout.width) / shortPart)),
  );
  const loops: Loops = { cluster, layout, inner, kept, reduced, results, turns, parts };
  const sumTypes = cluster.sums.map((id) => cluster.members.find(({ node }) => node.id === id)!.node.type.dtype);
  const scratch = parts > 1 ? cluster.sums.length * parts * results * 8 : undefined;
  const first = (code: KernelCode, at: Placement): void => {
    const store = new SumStore(code.f, cluster, at, { parts, results });
    if (inner.reduced) alongRows(code, loops, sumTypes, at, store);
    else acrossRows(code, loops, sumTypes, at, store);
  };
  if (scratch === undefined) return { phases: [first] };
  const second = (code: KernelCode, at: Placement): void => {
    const store = new SumStore(code.f, cluster, at, { parts, results });
    const { from, below } = split(code, results);
    const result = code.f.local('i32');
    code.f.count(result, { local: from }, { local: below }, 1, () => store.combine(result));
  };
  return { scratch, phases: [first, second] };
}

interface Loops {
  readonly cluster: Cluster;
  readonly layout: Layout;
  readonly inner: Axis;
  readonly kept: readonly Axis[];
  readonly reduced: readonly Axis[];
  readonly results: number;
  readonly turns: number;
  readonly parts: number;
}

/** Vectors lie along what is summed: an item of work is a part of one result. */
function alongRows(
  code: KernelCode,
  { cluster, layout, inner, kept, reduced, results, turns, parts }: Loops,
  types: readonly DType[],
  at: Placement,
  store: SumStore,
): void {
  const { f } = code;
  const loops = new ClusterCode(code, cluster, layout, at);
  const rounds = unrolling(cluster, 2, layout);
  const { width } = layout;
  const [position, end, item] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const { from, below } = split(code, results * parts);
  const totals = Array.from({ length: rounds }, () => types.map((type) => new Totals(loops.lanes, type)));
  f.count(item, { local: from }, { local: below }, 1, () => {
    const { result, part, turn, last } = itemOf(code, item, { turns, parts });
    for (const total of totals.flat()) total.clear();
    const keptIndices = loops.indices(kept, result);
    f.count(turn, { local: turn }, { local: last }, 1, () => {
      loops.row([...keptIndices, ...loops.indices(reduced, turn)], position);
      const advance = (count: number, bytes: number, body: () => void): void => {
        if (count === 0) return;
        f.get(position)
          .i32(count * bytes)
          .op('i32.add')
          .set(end);
        f.loop(() => {
          body();
          f.get(position).i32(bytes).op('i32.add').tee(position).get(end).op('i32.lt_s').branchIf(0);
        });
      };
      const whole = Math.floor(inner.size / (width * rounds));
      const vector = (k: number): void => loops.body(position, 'vector', 16 * k, (sum) => totals[k]![sum]!.addVector());
      advance(whole, 16 * rounds, () => {
        for (let k = 0; k < rounds; k++) vector(k);
      });
      const rest = inner.size - whole * width * rounds;
      advance(Math.floor(rest / width), 16, () => vector(0));
      advance(rest % width, loops.unit, () => loops.body(position, 'single', 0, (sum) => totals[0]![sum]!.addSingle()));
    });
    for (const k of types.keys()) {
      store.address(k, result, part);
      totals[0]![k]!.pushAll(totals.slice(1).map((more) => more[k]!));
      store.put(k);
    }
  });
}

/** Vectors lie along what is kept: an item of work is a part of one vector of results, the last ones of a row alone. */
function acrossRows(
  code: KernelCode,
  { cluster, layout, inner, kept, reduced, turns, parts }: Loops,
  types: readonly DType[],
  at: Placement,
  store: SumStore,
): void {
  const { f } = code;
  const { width } = layout;
  const loops = new ClusterCode(code, cluster, layout, at);
  const rows = product(kept);
  const rounds = unrolling(cluster, 4, layout);
  const region = (first: number, columns: number, count: number, extent: 'vector' | 'single'): void => {
    if (count === 0) return;
    const vectors = extent === 'single' ? 1 : columns / width;
    const totals = Array.from({ length: vectors }, () => types.map((type) => new Totals(loops.lanes, type)));
    const [position, item, column, row] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
    const { from, below } = split(code, rows * count * parts);
    f.count(item, { local: from }, { local: below }, 1, () => {
      const { result, part, turn, last } = itemOf(code, item, { turns, parts });
      f.get(result).i32(count).op('i32.div_u').set(row);
      f.get(result).i32(count).op('i32.rem_u').i32(columns).op('i32.mul').i32(first).op('i32.add').set(column);
      for (const total of totals.flat()) total.clear();
      const keptIndices = loops.indices(kept, row);
      f.count(turn, { local: turn }, { local: last }, 1, () => {
        loops.row([...keptIndices, ...loops.indices(reduced, turn)], position);
        f.get(position).get(column).i32(loops.unit).op('i32.mul').op('i32.add').set(position);
        for (let k = 0; k < vectors; k++)
          loops.body(position, extent, 16 * k, (sum) =>
            extent === 'vector' ? totals[k]![sum]!.addVector() : totals[k]![sum]!.addSingle(),
          );
      });
      f.get(row).i32(inner.size).op('i32.mul').get(column).op('i32.add').set(result);
      for (const sum of types.keys())
        for (let k = 0; k < vectors; k++) {
          if (extent === 'single') {
            store.address(sum, result, part);
            totals[k]![sum]!.pushAll([]);
            store.put(sum);
          } else totals[k]![sum]!.store(store, sum, result, part, k * width);
        }
    });
  };
  const wide = width * rounds;
  const whole = Math.floor(inner.size / wide);
  region(0, wide, whole, 'vector');
  const rest = inner.size - whole * wide;
  if (rounds > 1) region(whole * wide, width, Math.floor(rest / width), 'vector');
  const singles = inner.size % width;
  region(inner.size - singles, 1, singles, 'single');
}

/** Which result and which part of it an item is, and the turns that make the part. */
function itemOf(
  { f }: KernelCode,
  item: Local,
  { turns, parts }: { readonly turns: number; readonly parts: number },
): { readonly result: Local; readonly part: Local | undefined; readonly turn: Local; readonly last: Local } {
  const [result, turn, last] = [f.local('i32'), f.local('i32'), f.local('i32')];
  if (parts === 1) {
    f.get(item).set(result).i32(0).set(turn).i32(turns).set(last);
    return { result, part: undefined, turn, last };
  }
  const part = f.local('i32');
  f.get(item).i32(parts).op('i32.div_u').set(result);
  f.get(item).i32(parts).op('i32.rem_u').set(part);
  f.get(part).i32(turns).op('i32.mul').i32(parts).op('i32.div_u').set(turn);
  f.get(part).i32(1).op('i32.add').i32(turns).op('i32.mul').i32(parts).op('i32.div_u').set(last);
  return { result, part, turn, last };
}

/** A single long row becomes several, so that threads share it. */
function cut(layout: Layout): Layout {
  const inner = layout.axes.at(-1)!;
  const outer = layout.axes.slice(0, -1);
  if (!inner.reduced || outer.some(({ reduced }) => reduced)) return layout;
  const pieces = [64, 32, 16, 8, 4, 2].find(
    (n) => inner.size % (n * layout.width) === 0 && inner.size / n >= shortPart / 8,
  );
  if (pieces === undefined) return layout;
  const size = inner.size / pieces;
  const steps = inner.steps.map((step) => step * size);
  const turns: Axis = { ...inner, size: pieces, dense: inner.dense * size, steps };
  return { ...layout, axes: [...outer, turns, { ...inner, size }] };
}

/** Nothing to add up: every result is 0. */
function zeros({ f, thread }: KernelCode, { sums }: Cluster, at: Placement): void {
  f.get(thread)
    .op('i32.eqz')
    .when(() => {
      for (const id of sums) {
        const { type, address } = at.outputs[id]!;
        f.i32(address)
          .i32(0)
          .i32(sizeOf(type.shape) * bytesPerElement[type.dtype])
          .fillMemory();
      }
    });
}
