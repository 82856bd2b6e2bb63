import type { FloatDType } from '../../../../graph/dtype.ts';
import { sizeOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import { Layout } from '../conv/layout.ts';
import { multiplyAdd, vectorOf } from '../conv/tile.ts';
import { even } from '../conv/tile-shape.ts';
import type { Features, Kernel, KernelCode, Placement } from '../kernel.ts';
import { stridedCopy } from '../movement/strided-copy.ts';
import { split } from '../split.ts';

/** Vectors of columns of a register tile. */
const wide = 2;

/**
 * Rows of a register tile: four, or six with fused multiply-add, whose sums wait longer for each other, where the engine
 * keeps fifteen vectors in registers. V8 does so since about the time that it has 16-bit floats; before, it spills them.
 */
const heightFor = ({ relaxed }: Features): number => (relaxed && 'Float16Array' in globalThis ? 6 : 4);

/** A panel of b is as long as the first cache holds it beside what is read of a. */
const firstCache = 16 * 1024;
/** Panels of a together are as many as the second cache holds. */
const secondCache = 256 * 1024;
/** Copies of both matrices take no more bytes than that. */
const mostBytes = 64 * 1024 * 1024;

/** Products of matrices a[…, m, k] · b[…, k, n]. */
export interface Product {
  readonly dtype: FloatDType;
  readonly lead: readonly number[];
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/** Whether the matrices are so large that copying them costs little, and columns come out even. */
export function packs({ dtype, lead, m, k, n }: Product): boolean {
  const { bytes, lanes } = vectorOf[dtype];
  const columns = wide * lanes;
  const large = m >= 64 && k >= 128 && n >= 8 * columns;
  return large && n % columns === 0 && sizeOf(lead) * (m + n) * k * bytes <= mostBytes;
}

/**
 * Both matrices copied to panels that a register tile reads from the first byte to the last: a few rows of a, a few
 * columns of b. A panel of b stays in the first cache while those of a, from the second, go by. Reads matrices however they lie.
 */
export function packedProduct(
  { dtype, lead, m, k, n }: Product,
  strides: { readonly a: readonly number[]; readonly b: readonly number[] },
): Kernel {
  const { bytes, lanes } = vectorOf[dtype];
  const columns = wide * lanes;
  const matrices = sizeOf(lead);
  const depth = even(k, firstCache / (columns * bytes));
  const layout = new Layout();
  const [placeA, placeB] = [layout.add(matrices * m * k * bytes), layout.add(matrices * k * n * bytes)];

  const pack = (code: KernelCode, { inputs, scratch }: Placement): void => {
    const outer = (strides: readonly number[]): readonly number[] => strides.slice(0, -2);
    const inside = (size: number): readonly number[] =>
      lead.map((_, i) => size * lead.slice(i + 1).reduce((a, b) => a * b, 1));
    const [aRow, aColumn] = strides.a.slice(-2) as [number, number];
    const [bRow, bColumn] = strides.b.slice(-2) as [number, number];
    const height = heightFor(code.features);
    const rows = (first: number, panels: number, high: number): void =>
      stridedCopy(
        code,
        bytes,
        [...lead, panels, k, high],
        { base: inputs.a!.address, offset: first * aRow, strides: [...outer(strides.a), high * aRow, aColumn, aRow] },
        { base: scratch + placeA, offset: first * k, strides: [...inside(m * k), high * k, high, 1] },
      );
    rows(0, Math.floor(m / height), height);
    if (m % height > 0) rows(m - (m % height), 1, m % height);
    stridedCopy(
      code,
      bytes,
      [...lead, n / columns, k, columns],
      { base: inputs.b!.address, offset: 0, strides: [...outer(strides.b), columns * bColumn, bRow, bColumn] },
      { base: scratch + placeB, offset: 0, strides: [...inside(k * n), columns * k, columns, 1] },
    );
  };

  const multiply = (code: KernelCode, { output, scratch }: Placement): void => {
    const { f } = code;
    const height = heightFor(code.features);
    const [matrix, block, blockEnd, from, to] = f.locals('i32', 5);
    const [column, row, x, w, wEnd, y] = f.locals('i32', 6);
    const sums = Array.from({ length: height * wide }, () => f.local('v128'));
    const share = split(code, n / columns);
    const limited = (start: Local, by: number, most: number, end: Local): void => {
      f.get(start).i32(by).op('i32.add').tee(end).i32(most).get(end).i32(most);
      f.op('i32.lt_s').op('select').set(end);
    };
    const scaled = (index: Local, by: number): void => void f.get(index).i32(by).op('i32.mul');
    /** A tile of so many rows from `row` on. */
    const tile = (high: number): void => {
      scaled(matrix, m * k * bytes);
      scaled(row, k * bytes);
      f.op('i32.add')
        .i32(scratch + placeA)
        .op('i32.add')
        .tee(w);
      scaled(to, high * bytes);
      f.op('i32.add').set(wEnd).get(w);
      scaled(from, high * bytes);
      f.op('i32.add').set(w);
      scaled(matrix, m * n * bytes);
      scaled(row, n * bytes);
      f.op('i32.add');
      scaled(column, columns * bytes);
      f.op('i32.add').i32(output.address).op('i32.add').set(y);
      const place = (i: number): number => Math.floor(i / wide) * n * bytes + (i % wide) * 16;
      const used = sums.slice(0, high * wide);
      for (const sum of used) f.f32x4(0).set(sum);
      f.get(from).when(() => {
        for (const [i, sum] of used.entries()) f.get(y).access('v128.load', place(i)).set(sum);
      });
      multiplyAdd(code, {
        dtype,
        rows: high,
        vectors: wide,
        x: Array.from({ length: wide }, (_, v) => ({ pointer: x, offset: v * 16 })),
        w,
        wRow: bytes,
        wStep: high * bytes,
        splat: true,
        walk: { xStep: wide * 16, wEnd: { local: wEnd } },
        sums: used,
      });
      for (const [i, sum] of used.entries()) f.get(y).get(sum).access('v128.store', place(i));
    };
    /** All columns of this thread for the rows from `block` on, in tiles of one height. */
    const columnsOf = (high: number): void => {
      f.count(from, 0, k, depth, () => {
        limited(from, depth, k, to);
        f.count(column, { local: share.from }, { local: share.below }, 1, () => {
          scaled(matrix, k * n * bytes);
          scaled(column, columns * k * bytes);
          f.op('i32.add');
          scaled(from, columns * bytes);
          f.op('i32.add')
            .i32(scratch + placeB)
            .op('i32.add')
            .set(x);
          f.count(row, { local: block }, { local: blockEnd }, high, () => tile(high));
        });
      });
    };
    const whole = m - (m % height);
    const together = height * Math.max(1, Math.floor(secondCache / (height * depth * bytes)));
    f.count(matrix, 0, matrices, 1, () => {
      f.count(block, 0, whole, together, () => {
        limited(block, together, whole, blockEnd);
        columnsOf(height);
      });
      if (whole === m) return;
      f.i32(whole).set(block).i32(m).set(blockEnd);
      columnsOf(m - whole);
    });
  };
  return { name: 'product packed', scratch: layout.bytes, phases: [pack, multiply] };
}
