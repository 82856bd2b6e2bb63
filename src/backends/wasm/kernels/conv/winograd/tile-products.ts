import type { Bound, Local } from '../../../encode/wasm-function.ts';
import type { KernelCode } from '../../kernel.ts';

/** Both operands as [products, groups, tiles, 4 channels]; strides in bytes. */
export interface TileProducts {
  /** Channels of w, and of x filled up to whole pairs of groups. */
  readonly outputs: number;
  readonly inputs: number;
  /** From group to group. */
  readonly groupStep: number;
  /** From product to product. */
  readonly xStep: number;
  readonly wStep: number;
  readonly sumStep: number;
  readonly products: number;
}

/**
 * Code for sums[product, outputs, inputs] = or += Σ over tiles of w · x: tiles of four outputs × eight inputs stay in
 * registers over all `tiles`; at least one.
 */
export function multiplyTiles(
  { f, features }: KernelCode,
  { outputs, inputs, groupStep, xStep, wStep, sumStep, products }: TileProducts,
  at: {
    readonly x: Local;
    readonly w: Local;
    readonly sums: Local;
    readonly tiles: Local;
    /** Groups of w. */
    readonly range: { readonly from: Bound; readonly below: Bound };
    /** Whether there are no sums yet. */
    readonly fresh: Local;
  },
): void {
  const sums = f.locals('v128', 8);
  const [one, other, factor] = f.locals('v128', 3);
  const [product, group, column, xProduct, wProduct, xs, ws, x, w, end, y, yRow, yProduct, last] = f.locals('i32', 14);
  const piece = (rows: number): void => {
    const used = sums.slice(0, 2 * rows);
    const place = (k: number): number => (k >> 1) * 4 * inputs + (k & 1) * 16;
    f.get(xProduct).set(xs).get(yRow).set(y);
    f.count(column, 0, inputs, 8, () => {
      for (const sum of used) f.f32x4(0).set(sum);
      f.get(at.fresh)
        .op('i32.eqz')
        .when(() => {
          for (const [k, sum] of used.entries()) f.get(y).access('v128.load', place(k)).set(sum);
        });
      f.get(xs).set(x).get(ws).tee(w).get(at.tiles).i32(16).op('i32.mul').op('i32.add').set(end);
      f.loop(() => {
        f.get(x).access('v128.load', 0).set(one);
        f.get(x).access('v128.load', groupStep).set(other);
        for (let r = 0; r < rows; r++) {
          f.get(w)
            .access('v128.load32_splat', 4 * r)
            .set(factor);
          for (const [v, vector] of [one, other].entries()) {
            const sum = used[2 * r + v]!;
            if (features.relaxed) f.get(vector).get(factor).get(sum).op('f32x4.relaxed_madd').set(sum);
            else f.get(vector).get(factor).op('f32x4.mul').get(sum).op('f32x4.add').set(sum);
          }
        }
        f.get(x).i32(16).op('i32.add').set(x);
        f.get(w).i32(16).op('i32.add').tee(w).get(end).op('i32.lt_u').branchIf(0);
      });
      for (const [k, sum] of used.entries()) f.get(y).get(sum).access('v128.store', place(k));
      f.get(xs)
        .i32(2 * groupStep)
        .op('i32.add')
        .set(xs)
        .get(y)
        .i32(32)
        .op('i32.add')
        .set(y);
    });
    f.get(ws).i32(groupStep).op('i32.add').set(ws);
    f.get(yRow)
      .i32(rows * 4 * inputs)
      .op('i32.add')
      .set(yRow);
  };
  const whole = Math.floor(outputs / 4);
  const { from, below } = at.range;
  const begin = (pointer: Local, step: number, into: Local): void => {
    f.push(from).i32(step).op('i32.mul').get(pointer).op('i32.add').set(into);
  };
  f.get(at.x).set(xProduct);
  begin(at.w, groupStep, wProduct);
  begin(at.sums, 16 * inputs, yProduct);
  f.push(below).i32(whole).push(below).i32(whole).op('i32.lt_s').op('select').set(last);
  f.count(product, 0, products, 1, () => {
    f.get(wProduct).set(ws).get(yProduct).set(yRow);
    f.count(group, from, { local: last }, 1, () => piece(4));
    if (outputs % 4 > 0)
      f.push(below)
        .i32(whole)
        .op('i32.gt_s')
        .when(() => piece(outputs % 4));
    f.get(xProduct).i32(xStep).op('i32.add').set(xProduct);
    f.get(wProduct).i32(wStep).op('i32.add').set(wProduct);
    f.get(yProduct).i32(sumStep).op('i32.add').set(yProduct);
  });
}
