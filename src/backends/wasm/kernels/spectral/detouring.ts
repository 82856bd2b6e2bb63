import { detourOf } from '../../../../ops/spectral/fourier-plan.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Line } from './line.ts';
import { complex, factor, mixedRadix } from './mixed-radix.ts';
import type { Tables } from './tables.ts';
import { partsAt, partsOf, timesFactor } from './times-factor.ts';

/** Lengths with a large prime factor: by a convolution with a chirp, in lengths that are powers of two (Bluestein). */
export function detouring(n: number, sign: 1 | -1, tables: Tables): Line {
  const { size, ...detour } = detourOf(n, sign);
  const [chirp, spectrum] = [tables.factors(detour.chirp), tables.factors(detour.spectrum)];
  const [there, back] = [mixedRadix(size, -1, tables), mixedRadix(size, 1, tables)];
  const half = size * complex;
  return {
    name: 'dft chirp',
    scratch: 2 * half + there.scratch,
    emit: (f, { read, write }, wide, at) => {
      const [other, rest, j, w, from] = f.locals('i32', 5);
      const product = f.local('v128');
      const factorAt = (table: number, index: Local): void => {
        f.get(index)
          .i32(factor)
          .op('i32.mul')
          .i32(at + table)
          .op('i32.add')
          .set(w);
      };
      const place = (table: number, index: Local, base: Local): void => {
        f.get(index)
          .i32(4)
          .op('i32.mul')
          .access('i32.load', at + table)
          .get(base)
          .op('i32.add');
      };
      f.get(wide).i32(half).op('i32.add').tee(other).i32(half).op('i32.add').set(rest);
      f.get(wide).i32(0).i32(half).fillMemory();
      read((number, index) => {
        factorAt(chirp, index);
        place(there.places, index, wide);
        timesFactor(f, partsOf(f, number), w);
        f.access('v128.store', 0);
      });
      there.emit(f, wide, rest, at);
      f.get(wide).set(from);
      f.count(j, 0, size, 1, () => {
        factorAt(spectrum, j);
        place(back.places, j, other);
        timesFactor(f, partsAt(f, from), w);
        f.access('v128.store', 0).get(from).i32(complex).op('i32.add').set(from);
      });
      back.emit(f, other, rest, at);
      f.get(other).set(from);
      write((index) => {
        factorAt(chirp, index);
        timesFactor(f, partsAt(f, from), w);
        f.set(product).get(from).i32(complex).op('i32.add').set(from);
        f.get(product).f64x2(size).op('f64x2.div');
      });
    },
  };
}
