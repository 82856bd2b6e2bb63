import { primesOf, rootsOf } from '../../../../ops/spectral/fourier-plan.ts';
import type { Local, WasmFunction } from '../../encode/wasm-function.ts';
import type { Tables } from './tables.ts';
import { partsAt, timesFactor } from './times-factor.ts';

/** Bytes of a complex number, and of a factor in a table. */
export const complex = 16;
export const factor = 32;

/** One transform, of numbers that were put where `places` says, in their own memory. */
export interface MixedRadix {
  /** Where in the tables it is said, for every element, how many bytes from the beginning it has to be put. */
  readonly places: number;
  /** Bytes of working memory. */
  readonly scratch: number;
  /** Transforms the numbers at `z`; `tables` is where the tables lie. */
  emit(f: WasmFunction, z: Local, scratch: Local, tables: number): void;
}

/**
 * Decimation in time as the reference does it, number for number: n = p·m joins p transforms of every p-th element, which
 * lie next to each other.
 */
export function mixedRadix(n: number, sign: 1 | -1, tables: Tables): MixedRadix {
  const primes = primesOf(n);
  const roots = tables.factors(rootsOf(n, sign));
  const places = tables.integers(placesOf(n, primes));
  const emit = (f: WasmFunction, z: Local, scratch: Local, at: number): void => {
    let size = 1;
    for (const p of primes.toReversed()) {
      const [m, stride] = [size, n / (size * p)];
      size *= p;
      const [block, blocks, k, here, w] = f.locals('i32', 5);
      f.get(z).set(block);
      f.count(blocks, 0, stride, 1, () => {
        f.get(block)
          .set(here)
          .i32(at + roots)
          .set(w);
        f.count(k, 0, m, 1, () => {
          const join = { f, here, m, n, p, w, k, stride, roots: at + roots, scratch };
          if (p === 2) joinTwo(join);
          else joinMore(join);
          f.get(here).i32(complex).op('i32.add').set(here);
          f.get(w)
            .i32(stride * factor)
            .op('i32.add')
            .set(w);
        });
        f.get(block)
          .i32(size * complex)
          .op('i32.add')
          .set(block);
      });
    }
  };
  return { places, scratch: complex * Math.max(1, ...primes), emit };
}

/** Byte offsets of the leaves: element `from` goes where the recursion ends that it is the start of. */
function placesOf(n: number, primes: readonly number[]): number[] {
  const places = new Array<number>(n).fill(0);
  const descend = (level: number, size: number, from: number, stride: number, to: number): void => {
    if (size === 1) places[from] = to * complex;
    else {
      const p = primes[level]!;
      for (let r = 0; r < p; r++) descend(level + 1, size / p, from + r * stride, stride * p, to + (r * size) / p);
    }
  };
  descend(0, n, 0, 1, 0);
  return places;
}

interface Join {
  readonly f: WasmFunction;
  /** Where the first of the p numbers lies; the others follow m numbers apart. */
  readonly here: Local;
  readonly m: number;
  readonly n: number;
  readonly p: number;
  /** The root of the second number; the r-th has its r-th power. */
  readonly w: Local;
  readonly k: Local;
  readonly stride: number;
  readonly roots: number;
  readonly scratch: Local;
}

function joinTwo({ f, here, m, w }: Join): void {
  const [a, b] = f.locals('v128', 2);
  const other = f.local('i32');
  f.get(here)
    .i32(m * complex)
    .op('i32.add')
    .set(other);
  timesFactor(f, partsAt(f, other), w);
  f.set(b).get(here).access('v128.load', 0).set(a);
  f.get(here)
    .get(a)
    .get(b)
    .op('f64x2.sub')
    .access('v128.store', m * complex);
  f.get(here).get(a).get(b).op('f64x2.add').access('v128.store', 0);
}

function joinMore({ f, here, m, n, p, k, stride, roots, scratch }: Join): void {
  const [r, q, index, at, from, to] = f.locals('i32', 6);
  const sum = f.local('v128');
  const rootAt = (): void => {
    f.get(index).i32(factor).op('i32.mul').i32(roots).op('i32.add').set(at);
  };
  const times = (base: Local) => timesFactor(f, partsAt(f, base), at);
  f.get(here).set(from).get(scratch).set(to).i32(0).set(index);
  f.count(r, 0, p, 1, () => {
    rootAt();
    f.get(to);
    times(from);
    f.access('v128.store', 0);
    f.get(from)
      .i32(m * complex)
      .op('i32.add')
      .set(from);
    f.get(to).i32(complex).op('i32.add').set(to);
    f.get(k).i32(stride).op('i32.mul').get(index).op('i32.add').set(index);
  });
  f.get(here).set(to);
  f.count(q, 0, p, 1, () => {
    f.i32x4(0).set(sum).get(scratch).set(from).i32(0).set(index);
    f.count(r, 0, p, 1, () => {
      rootAt();
      f.get(sum);
      times(from);
      f.op('f64x2.add').set(sum);
      f.get(from).i32(complex).op('i32.add').set(from);
      f.get(q)
        .i32(n / p)
        .op('i32.mul')
        .get(index)
        .op('i32.add')
        .tee(index)
        .i32(n)
        .op('i32.ge_s');
      f.when(() => f.get(index).i32(n).op('i32.sub').set(index));
    });
    f.get(to).get(sum).access('v128.store', 0);
    f.get(to)
      .i32(m * complex)
      .op('i32.add')
      .set(to);
  });
}
