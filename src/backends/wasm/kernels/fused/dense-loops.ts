import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, Placement } from '../kernel.ts';
import { split } from '../split.ts';
import type { Cluster } from './cluster.ts';
import { ClusterCode } from './cluster-code.ts';
import type { Axis, Layout } from './layout.ts';
import { unrolling } from './unrolling.ts';

/** Rows that are fewer than this are cut, so that any number of threads has work. */
const fewRows = 16;
/** Pieces of a row are at least this many elements. */
const shortPiece = 512;

/** A cluster without sums: rows shared out among the threads, or the elements of the only one. */
export function denseLoops(code: KernelCode, cluster: Cluster, given: Layout, at: Placement): void {
  const layout = cut(given);
  const { f } = code;
  const { axes, width } = layout;
  const parts = new ClusterCode(code, cluster, layout, at);
  const { inner, unit } = parts;
  const position = f.local('i32');
  const rounds = unrolling(cluster, 2, layout);
  const round = 16 * rounds;
  const step = (extent: 'vector' | 'single', ahead: number): void => parts.body(position, extent, ahead, () => {});
  const vectors = (): void => {
    for (let k = 0; k < rounds; k++) step('vector', 16 * k);
  };
  const outer = axes.slice(0, -1);
  if (outer.length === 0 && !layout.exact) {
    // Behind the last element there is room for the rest of a round.
    const { from, below } = split(code, Math.ceil(inner.size / (width * rounds)));
    for (const bound of [from, below]) f.get(bound).i32(round).op('i32.mul').set(bound);
    f.count(position, { local: from }, { local: below }, round, vectors);
    return;
  }
  const rows = outer.reduce((product, { size }) => product * size, 1);
  const { from, below } = split(code, rows);
  const row = f.local('i32');
  const end = f.local('i32');
  f.count(row, { local: from }, { local: below }, 1, () => {
    parts.row(parts.indices(outer, row), position);
    const advance = (count: number, bytes: number, body: () => void): void => {
      if (count === 0) return;
      f.get(position)
        .i32(count * bytes)
        .op('i32.add')
        .set(end);
      repeat(position, end, bytes, body);
    };
    const whole = Math.floor(inner.size / (width * rounds));
    advance(whole, round, vectors);
    const rest = inner.size - whole * width * rounds;
    advance(Math.floor(rest / width), 16, () => step('vector', 0));
    // Vectors would reach into the next row, which another thread may have written.
    advance(rest % width, unit, () => step('single', 0));
  });

  function repeat(counter: Local, below: Local, by: number, body: () => void): void {
    f.loop(() => {
      body();
      f.get(counter).i32(by).op('i32.add').tee(counter).get(below).op('i32.lt_s').branchIf(0);
    });
  }
}

/** Few long rows become more. */
function cut(layout: Layout): Layout {
  const inner = layout.axes.at(-1)!;
  const rows = layout.axes.slice(0, -1).reduce((product, { size }) => product * size, 1);
  if ((layout.axes.length === 1 && !layout.exact) || rows >= fewRows) return layout;
  const pieces = [16, 8, 4, 2].find((n) => inner.size % (n * layout.width * 2) === 0 && inner.size / n >= shortPiece);
  if (pieces === undefined) return layout;
  const size = inner.size / pieces;
  const outer: Axis = {
    ...inner,
    size: pieces,
    dense: inner.dense * size,
    steps: inner.steps.map((step) => step * size),
  };
  return { ...layout, axes: [...layout.axes.slice(0, -1), outer, { ...inner, size }] };
}
