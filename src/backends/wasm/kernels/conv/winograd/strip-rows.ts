import type { Local, WasmFunction } from '../../../encode/wasm-function.ts';

/** A stretch of some rows of an operand, all its channels: what a row of tiles reads. Strides are in bytes. */
export interface StripShape {
  readonly channels: number;
  readonly channelStep: number;
  /** Rows and columns that the operand has; beside them are zeros. */
  readonly height: number;
  readonly width: number;
  readonly heightStep: number;
  /** Rows in the strip, and how many rows of the operand they lie apart. */
  readonly rows: number;
  readonly rowsApart: number;
  readonly columns: number;
}

/** Where a strip begins. */
export interface StripPlace {
  /** Four pointers to row 0, column 0 of an image: one for each channel. */
  readonly images: readonly [Local, Local, Local, Local];
  /** Its first row and column; they may lie outside. */
  readonly row: Local;
  readonly column: Local;
}

/** Bytes of a strip in working memory: columns of four channels, and what copies of four columns write behind them. */
export const stripBytes = (rows: number, columns: number): number => 16 * rows * columns + 64;

const bytes = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);
const pairs = [0, 1].map((half) =>
  [0, 1].flatMap((lane) => [0, 16].flatMap((side) => bytes(4 * (2 * half + lane) + side, 4))),
) as [number[], number[]];
const halves = [0, 8].map((from) => [...bytes(from, 8), ...bytes(16 + from, 8)]);

/** Code that copies a strip to `to`, with the four channels as lanes and zeros outside. */
export function copyStrip(f: WasmFunction, shape: StripShape, at: StripPlace, to: Local): void {
  const { columns, width } = shape;
  const [row, target, from, left, end, i] = f.locals('i32', 6);
  const sources = f.locals('i32', 4);
  const [a, b, c, d, ab, cd] = f.locals('v128', 6);
  const zeros = (first: () => void, below: () => void): void => {
    first();
    f.set(i);
    f.block(() => {
      f.loop(() => {
        f.get(i);
        below();
        f.op('i32.ge_s').branchIf(1);
        f.get(i).i32(16).op('i32.mul').get(target).op('i32.add').f32x4(0).access('v128.store', 0);
        f.get(i).i32(1).op('i32.add').set(i).branch(0);
      });
    });
  };
  const clamp = (push: () => void): void => {
    // max(0, min(columns, …))
    const value = f.local('i32');
    push();
    f.tee(value).i32(columns).get(value).i32(columns).op('i32.lt_s').op('select').tee(value);
    f.i32(0).get(value).i32(0).op('i32.gt_s').op('select');
  };
  clamp(() => f.i32(0).get(at.column).op('i32.sub'));
  f.set(left);
  clamp(() => f.i32(width).get(at.column).op('i32.sub'));
  f.set(end);
  f.get(to).set(target).get(at.row).set(row);
  f.count(from, 0, shape.rows, 1, () => {
    const inside = f.local('i32');
    f.get(row).i32(shape.height).op('i32.lt_u').tee(inside);
    f.when(() => {
      const first = f.local('i32');
      f.get(row).i32(shape.heightStep).op('i32.mul');
      f.get(at.column).get(left).op('i32.add').i32(4).op('i32.mul').op('i32.add').set(first);
      for (const [k, source] of sources.entries()) f.get(at.images[k]!).get(first).op('i32.add').set(source);
      const write = f.local('i32');
      f.get(left).i32(16).op('i32.mul').get(target).op('i32.add').set(write);
      f.count(i, { local: left }, { local: end }, 4, () => {
        for (const [k, vector] of [a, b, c, d].entries()) f.get(sources[k]!).access('v128.load', 0).set(vector);
        for (const [half, pick] of pairs.entries()) {
          f.get(a).get(b).shuffle(pick).set(ab).get(c).get(d).shuffle(pick).set(cd);
          for (const [lane, order] of halves.entries())
            f.get(write)
              .get(ab)
              .get(cd)
              .shuffle(order)
              .access('v128.store', 16 * (2 * half + lane));
        }
        for (const source of sources) f.get(source).i32(16).op('i32.add').set(source);
        f.get(write).i32(64).op('i32.add').set(write);
      });
      zeros(
        () => f.get(end),
        () => f.i32(columns),
      );
      zeros(
        () => f.i32(0),
        () => f.get(left),
      );
    });
    f.get(inside)
      .op('i32.eqz')
      .when(() =>
        zeros(
          () => f.i32(0),
          () => f.i32(columns),
        ),
      );
    f.get(row).i32(shape.rowsApart).op('i32.add').set(row);
    f.get(target)
      .i32(16 * columns)
      .op('i32.add')
      .set(target);
  });
}
