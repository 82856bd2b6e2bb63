import { sizeOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, Placement } from '../kernel.ts';
import { nest } from '../nest.ts';
import type { AxisClass } from './axis-classes.ts';
import { type Correlation, type OperandStrides, resultsOf } from './correlation.ts';
import type { Results } from './results.ts';
import { multiplyAdd, vectorOf } from './tile.ts';
import { even, tileHeight, tileWidth } from './tile-shape.ts';
import { phased, type WindowView } from './window-view.ts';

/** Bytes of weights that a core holds beside what it reads of x. */
const secondCache = 400_000;

/** One class made ready: where its weights and its table of offsets lie in scratch memory. */
export interface DirectWork {
  readonly classes: readonly AxisClass[];
  readonly taps: number;
  /** Scratch offset of the class's own copy of w; undefined: w as it is. */
  readonly weights: number | undefined;
  /** Place of the table of bytes from a position to what each step reads; undefined: one channel after the other. */
  readonly table: number | undefined;
}

interface Addresses {
  readonly x: number;
  readonly w: number;
  readonly table: number;
}

/** The loops of one class. */
export function directLoops(
  code: KernelCode,
  problem: Correlation,
  view: WindowView,
  { classes, taps, table }: DirectWork,
  sums: readonly Local[],
  at: Addresses,
  { results, placement }: { readonly results: Results; readonly placement: Placement },
): void {
  const { f } = code;
  const { dtype, batch, channels, groups, outputs, axes } = problem;
  const { bytes, lanes } = vectorOf[dtype];
  const ys = resultsOf(problem);
  const plane = ({ channel }: OperandStrides): number => bytes * channel;
  const [outer, last] = [classes.slice(0, -1), classes.at(-1)!];
  const across = Math.ceil(last.p.count / lanes);
  const height = tileHeight(outputs);
  const wide = even(across, tileWidth(height));
  const rows = outer.at(-1)?.p.count ?? 1;
  const high = Math.min(rows, Math.max(1, Math.floor(tileWidth(height) / wide)));
  const yColumn = (y: OperandStrides): number => last.p.step * bytes * y.axes.at(-1)!;
  const yLine = (y: OperandStrides): number =>
    outer.length === 0 ? 0 : outer.at(-1)!.p.step * bytes * y.axes[axes.length - 2]!;
  const steps = channels * taps;
  const wRow = steps * bytes;
  // Without a table the place of the only tap is part of the base.
  const base = {
    x:
      at.x +
      outer.reduce((sum, { q }, i) => sum + (q - view.origin[i]!) * view.rows[i]!, 0) +
      (table === undefined && steps > 0 ? phased(last.q - view.origin.at(-1)!, view, bytes) : 0),
    ys: ys.map(
      (y, k) => results.origin(k, placement) + classes.reduce((sum, { p }, i) => sum + p.first * bytes * y.axes[i]!, 0),
    ),
  };
  const [w, walk, xHere, wEnd] = f.locals('i32', 4);
  const yHere = f.locals('i32', ys.length);

  /** One tile: R channels from `wAt` on, at the positions of `columns` vectors in each of `lines` rows. */
  const tile = (R: number, lines: number, columns: number, ends: boolean, wAt: Local): void => {
    const vectors = Array.from({ length: lines * columns }, (_, v) => [Math.floor(v / columns), v % columns] as const);
    const xLine = outer.length === 0 ? 0 : outer.at(-1)!.byP * view.rows.at(-1)!;
    const used = sums.slice(0, R * vectors.length);
    for (const sum of used) f.f32x4(0).set(sum);
    if (steps > 0) {
      f.get(wAt).set(w);
      if (table === undefined) f.get(w).i32(wRow).op('i32.add').set(wEnd);
      else f.i32(at.table).set(walk);
      multiplyAdd(code, {
        dtype,
        rows: R,
        vectors: vectors.length,
        x: vectors.map(([line, column]) => ({ pointer: xHere, offset: line * xLine + column * 16 })),
        w,
        wRow,
        splat: true,
        walk:
          table === undefined
            ? { xStep: view.channel, wEnd: { local: wEnd } }
            : { table: walk, end: at.table + 4 * steps },
        sums: used,
      });
    }
    for (let r = 0; r < R; r++)
      for (const [v, [line, column]] of vectors.entries()) {
        const left = last.p.count % lanes;
        const count = ends && column === columns - 1 && left !== 0 ? left : lanes;
        results.store(code, placement, used[r * vectors.length + v]!, {
          positions: yHere,
          ahead: ys.map((y) => r * plane(y) + line * yLine(y) + column * lanes * yColumn(y)),
          steps: ys.map(yColumn),
          count,
        });
      }
  };

  const [xGroup, wGroup] = f.locals('i32', 2);
  const yGroup = f.locals('i32', ys.length);
  const forward = (R: number): void => {
    for (const [k, y] of ys.entries())
      if (y.channel !== 0)
        f.get(yGroup[k]!)
          .i32(R * plane(y))
          .op('i32.add')
          .set(yGroup[k]!);
    f.get(wGroup)
      .i32(R * wRow)
      .op('i32.add')
      .set(wGroup);
  };
  /** All output channels, tile by tile; the locals above say where they begin. */
  const overOutputs = (body: (R: number) => void): void => {
    f.i32(0).set(xGroup).i32(at.w).set(wGroup);
    for (const group of yGroup) f.i32(0).set(group);
    const piece = (R: number): void => {
      body(R);
      forward(R);
    };
    const [g, o] = [f.local('i32'), f.local('i32')];
    f.count(g, 0, groups, 1, () => {
      f.count(o, 0, Math.floor(outputs / height), 1, () => piece(height));
      if (outputs % height > 0) piece(outputs % height);
      if (groups > 1)
        f.get(xGroup)
          .i32(channels * view.channel)
          .op('i32.add')
          .set(xGroup);
    });
  };

  /** All positions; their rows are shared out among the threads. */
  const overPositions = (
    body: (x: Local, ys: readonly Local[], lines: number, columns: number, ends: boolean) => void,
  ): void => {
    const region = (firstRow: number, count: number, lines: number): void => {
      if (count === 0) return;
      const xRow = outer.length === 0 ? 0 : outer.at(-1)!.byP * view.rows.at(-1)!;
      const columns = (first: number, blocks: number, width: number, ends: boolean): void => {
        if (blocks > 0)
          nest(
            code,
            [
              { size: batch, steps: [view.batch, ...ys.map(({ outer }) => bytes * outer)] },
              ...outer.slice(0, -1).map(({ p, byP }, i) => ({
                size: p.count,
                steps: [byP * view.rows[i]!, ...ys.map((y) => p.step * bytes * y.axes[i]!)],
              })),
              { size: count / lines, steps: [lines * xRow, ...ys.map((y) => lines * yLine(y))] },
              { size: blocks, steps: [width * 16, ...ys.map((y) => width * lanes * yColumn(y))] },
            ],
            [
              base.x + firstRow * xRow + first * 16,
              ...ys.map((y, k) => base.ys[k]! + firstRow * yLine(y) + first * lanes * yColumn(y)),
            ],
            ([x, ...pointers]) => body(x!, pointers, lines, width, ends),
          );
      };
      // The last block stands apart where it is narrower, or ends within a vector.
      const ragged = last.p.count % (wide * lanes) !== 0;
      const blocks = Math.ceil(across / wide);
      columns(0, ragged ? blocks - 1 : blocks, wide, false);
      if (ragged) columns((blocks - 1) * wide, 1, across - (blocks - 1) * wide, true);
    };
    region(0, rows - (rows % high), high);
    region(rows - (rows % high), rows % high, 1);
  };

  const wBytes = wRow * outputs * groups;
  const tiles = Math.ceil(outputs / height) * groups;
  const perThread = (batch * sizeOf(classes.map(({ p }) => p.count))) / (lanes * wide * high);
  const outputsOutside = wBytes > 16384 && wBytes * perThread > view.batch * batch * tiles;
  const at0 = (x: Local, pointers: readonly Local[], R: number, lines: number, width: number, ends: boolean): void => {
    f.get(x).get(xGroup).op('i32.add').set(xHere);
    for (const [k, y] of pointers.entries()) f.get(y).get(yGroup[k]!).op('i32.add').set(yHere[k]!);
    tile(R, lines, width, ends, wGroup);
  };
  /** As many weights at a time as the second cache holds, for all positions. */
  const overBlocks = (): void => {
    const [first, end, o] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const whole = Math.floor(outputs / height);
    const each = even(whole, Math.max(1, Math.floor(secondCache / (height * wRow))));
    const start = (): void => {
      for (const [k, y] of ys.entries())
        f.get(first)
          .i32(height * plane(y))
          .op('i32.mul')
          .set(yGroup[k]!);
      f.get(first)
        .i32(height * wRow)
        .op('i32.mul')
        .i32(at.w)
        .op('i32.add')
        .set(wGroup);
    };
    f.count(first, 0, whole, each, () => {
      f.get(first).i32(each).op('i32.add').tee(end).i32(whole);
      f.get(end).i32(whole).op('i32.lt_s').op('select').set(end);
      overPositions((x, pointers, lines, width, ends) => {
        start();
        f.count(o, { local: first }, { local: end }, 1, () => {
          at0(x, pointers, height, lines, width, ends);
          forward(height);
        });
      });
    });
    if (outputs % height === 0) return;
    f.i32(whole).set(first);
    overPositions((x, pointers, lines, width, ends) => {
      start();
      at0(x, pointers, outputs % height, lines, width, ends);
    });
  };
  if (outputsOutside)
    overOutputs((R) => overPositions((x, pointers, lines, width, ends) => at0(x, pointers, R, lines, width, ends)));
  else if (groups === 1 && wBytes > secondCache) overBlocks();
  else overPositions((x, pointers, lines, width, ends) => overOutputs((R) => at0(x, pointers, R, lines, width, ends)));
}
