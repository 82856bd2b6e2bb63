import type { Local } from '../../../encode/wasm-function.ts';
import type { KernelCode } from '../../kernel.ts';
import { transposeTile } from '../../movement/transpose-tile.ts';
import type { Spot } from '../results.ts';
import { linearMap } from './linear-map.ts';
import type { Matrix } from './toom-cook.ts';

export interface StripResults {
  readonly down: Matrix;
  readonly across: Matrix;
  /** Phases of the results along a row, and tiles of each in a strip. */
  readonly phases: number;
  readonly tiles: number;
  readonly outputs: number;
  /** Bytes of m[product, groups of four outputs, tiles, 4 outputs] from product to product and from group to group. */
  readonly mStep: number;
  readonly groupStep: number;
  /** Bytes from result to result, in everything that goes with results. */
  readonly results: readonly { readonly outputStep: number; readonly rowStep: number; readonly columnStep: number }[];
  /** How many columns are left over where strips do not end at multiples of four. */
  readonly tails: readonly number[];
  /** Code for neighbouring results of one output. */
  readonly store: (value: Local, spot: Spot) => void;
}

/** Bytes of working memory: products of one tile across, and the strip's results. */
export const resultBytes = ({
  down,
  across,
  phases,
  tiles,
}: Pick<StripResults, 'down' | 'across' | 'phases' | 'tiles'>): number =>
  16 * (across.length * down[0]!.length + down.length * phases * tiles * across.length);

/** Code for all tiles of one strip, from its products to y. */
export function writeStrip(
  code: KernelCode,
  t: StripResults,
  at: {
    readonly m: Local;
    readonly working: Local;
    /** Where the first result is, and how many rows and columns there are from there on. */
    readonly ys: readonly Local[];
    readonly rows: Local;
    readonly columns: Local;
  },
): void {
  const { f } = code;
  const [output, m, results, phase, tile, start, to, i, read, write] = f.locals('i32', 10);
  const m1 = t.across.length;
  const [n0, n1] = [t.down[0]!.length, t.across[0]!.length];
  const width = t.phases * t.tiles * m1;
  const move = (pointer: Local, by: number): void => void f.get(pointer).i32(by).op('i32.add').set(pointer);
  f.get(at.working)
    .i32(16 * m1 * n0)
    .op('i32.add')
    .set(results);
  f.get(at.m).set(m);
  f.count(output, 0, t.outputs, 4, () => {
    const from = f.local('i32');
    f.get(m).set(from).get(results).set(start);
    f.count(phase, 0, t.phases, 1, () => {
      f.get(start).set(to);
      f.count(tile, 0, t.tiles, 1, () => {
        f.get(from).set(read).get(at.working).set(write);
        f.count(i, 0, n0, 1, () => {
          linearMap(code, t.across, {
            load: (k) => void f.get(read).access('v128.load', k * t.mStep),
            store: (k, push) => {
              f.get(write);
              push();
              f.access('v128.store', 16 * k);
            },
          });
          move(read, n1 * t.mStep);
          move(write, 16 * m1);
        });
        f.get(at.working).set(read).get(to).set(write);
        f.count(i, 0, m1, 1, () => {
          linearMap(code, t.down, {
            load: (k) => void f.get(read).access('v128.load', 16 * m1 * k),
            store: (k, push) => {
              f.get(write);
              push();
              f.access('v128.store', 16 * width * k);
            },
          });
          move(read, 16);
          move(write, 16 * t.phases);
        });
        move(from, 16);
        move(to, 16 * t.phases * m1);
      });
      move(start, 16);
    });
    copyOut(code, t, { ...at, results, output });
    move(m, t.groupStep);
  });
}

/** Code that stores results[rows, columns, 4 outputs]. */
function copyOut(
  { f }: KernelCode,
  { phases, tiles, across, outputs, results, tails, store }: StripResults,
  at: {
    readonly results: Local;
    readonly output: Local;
    readonly ys: readonly Local[];
    readonly rows: Local;
    readonly columns: Local;
  },
): void {
  const width = phases * tiles * across.length;
  const [row, column, from, read, whole] = f.locals('i32', 5);
  const rowsAt = f.locals('i32', results.length);
  const positions = f.locals('i32', results.length);
  const vectors = f.locals('v128', 4);
  const free = f.locals('v128', 4);
  for (const [i, { outputStep }] of results.entries()) {
    f.get(at.ys[i]!);
    if (outputStep !== 0) f.get(at.output).i32(outputStep).op('i32.mul').op('i32.add');
    f.set(rowsAt[i]!);
  }
  /** Code for the next `count` columns. */
  const columns = (count: number): void => {
    for (const [k, vector] of vectors.entries())
      f.get(read)
        .access('v128.load', 16 * k)
        .set(vector);
    transposeTile(f, 4, vectors, free);
    const steps = results.map(({ columnStep }) => columnStep);
    for (const [k, vector] of vectors.entries()) {
      const one = (): void =>
        store(vector, { positions, ahead: results.map(({ outputStep }) => k * outputStep), steps, count });
      if (outputs % 4 === 0 || k < outputs % 4) one();
      else
        f.get(at.output)
          .i32(outputs - k)
          .op('i32.lt_s')
          .when(one);
    }
  };
  f.get(at.results).set(from);
  f.get(at.columns).i32(-4).op('i32.and').set(whole);
  f.count(row, 0, { local: at.rows }, 1, () => {
    f.get(from).set(read);
    for (const [i, position] of positions.entries()) f.get(rowsAt[i]!).set(position);
    f.count(column, 0, { local: whole }, 4, () => {
      columns(4);
      f.get(read).i32(64).op('i32.add').set(read);
      for (const [i, { columnStep }] of results.entries())
        if (columnStep !== 0)
          f.get(positions[i]!)
            .i32(4 * columnStep)
            .op('i32.add')
            .set(positions[i]!);
    });
    for (const tail of tails)
      f.get(at.columns)
        .get(whole)
        .op('i32.sub')
        .i32(tail)
        .op('i32.eq')
        .when(() => columns(tail));
    f.get(from)
      .i32(16 * width)
      .op('i32.add')
      .set(from);
    for (const [i, { rowStep }] of results.entries())
      if (rowStep !== 0) f.get(rowsAt[i]!).i32(rowStep).op('i32.add').set(rowsAt[i]!);
  });
}
