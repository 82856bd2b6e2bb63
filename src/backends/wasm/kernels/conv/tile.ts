import type { FloatDType } from '../../../../graph/dtype.ts';
import type { Bound, Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';

/** Vector instructions of a float type. */
export const vectorOf = {
  f32: {
    lanes: 4,
    bytes: 4,
    mul: 'f32x4.mul',
    add: 'f32x4.add',
    madd: 'f32x4.relaxed_madd',
    splat: 'v128.load32_splat',
  },
  f64: {
    lanes: 2,
    bytes: 8,
    mul: 'f64x2.mul',
    add: 'f64x2.add',
    madd: 'f64x2.relaxed_madd',
    splat: 'v128.load64_splat',
  },
} as const;

/**
 * A register tile: rows × vectors sums that grow by products of a w per row and an x per vector, step by step.
 * With 4 × 2 or any tile of eight, sums and operands stay in the 15 vector registers that V8 has on x64.
 */
export interface Tile {
  readonly dtype: FloatDType;
  readonly rows: number;
  readonly vectors: number;
  /** Where each vector of x is at the first step: a pointer and bytes from there. */
  readonly x: readonly { readonly pointer: Local; readonly offset: number }[];
  /** Where row 0 of w is at the first step; moves. */
  readonly w: Local;
  /** Bytes between the rows of w. */
  readonly wRow: number;
  /** Bytes that w moves by in a step, where its elements do not stand side by side. */
  readonly wStep?: number;
  /** One number for all lanes (the sums are of different positions), or a vector (parts of one sum)? */
  readonly splat: boolean;
  /** How x moves: by the bytes that a table of i32 gives for every step, or evenly. */
  readonly walk: { readonly table: Local; readonly end: Bound } | { readonly xStep: number; readonly wEnd: Bound };
  /** rows × vectors locals. */
  readonly sums: readonly Local[];
}

/** The loop over all steps; there is at least one. */
export function multiplyAdd({ f, features }: KernelCode, tile: Tile): void {
  const { rows, vectors, x, w, wRow, splat, walk, sums } = tile;
  const type = vectorOf[tile.dtype];
  const wStep = tile.wStep ?? (splat ? type.bytes : 16);
  const pointers = [...new Set(x.map(({ pointer }) => pointer))];
  const moving = pointers.map(() => f.local('i32'));
  const moved = (pointer: Local): Local => moving[pointers.indexOf(pointer)]!;
  if ('xStep' in walk) for (const [i, pointer] of pointers.entries()) f.get(pointer).set(moving[i]!);
  const offset = f.local('i32');
  const loadX = (v: number): void => {
    f.get(moved(x[v]!.pointer)).access('v128.load', x[v]!.offset);
  };
  const loadW = (r: number): void => {
    f.get(w).access(splat ? type.splat : 'v128.load', r * wRow);
  };
  // The side with fewer operands is held, the other comes one by one.
  const holdX = vectors <= rows;
  const held = Array.from({ length: Math.min(rows, vectors) }, () => f.local('v128'));
  const passing = f.local('v128');
  f.loop(() => {
    if ('table' in walk) {
      f.get(walk.table).access('i32.load', 0);
      if (pointers.length === 1) f.get(pointers[0]!).op('i32.add').set(moving[0]!);
      else {
        f.set(offset);
        for (const [i, pointer] of pointers.entries()) f.get(pointer).get(offset).op('i32.add').set(moving[i]!);
      }
    }
    for (const [i, local] of held.entries()) {
      if (holdX) loadX(i);
      else loadW(i);
      f.set(local);
    }
    for (let i = 0; i < (holdX ? rows : vectors); i++) {
      if (holdX) loadW(i);
      else loadX(i);
      f.set(passing);
      for (const [j, local] of held.entries()) {
        const sum = sums[holdX ? i * vectors + j : j * vectors + i]!;
        if (features.relaxed) f.get(local).get(passing).get(sum).op(type.madd).set(sum);
        else f.get(local).get(passing).op(type.mul).get(sum).op(type.add).set(sum);
      }
    }
    if ('table' in walk) {
      f.get(w).i32(wStep).op('i32.add').set(w);
      f.get(walk.table).i32(4).op('i32.add').tee(walk.table).push(walk.end).op('i32.lt_u').branchIf(0);
    } else {
      for (const pointer of moving) f.get(pointer).i32(walk.xStep).op('i32.add').set(pointer);
      f.get(w).i32(wStep).op('i32.add').tee(w).push(walk.wEnd).op('i32.lt_u').branchIf(0);
    }
  });
}
