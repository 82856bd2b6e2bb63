import type { Line } from './line.ts';
import { complex, mixedRadix } from './mixed-radix.ts';
import type { Tables } from './tables.ts';

/** Lengths of small prime factors. */
export function direct(n: number, sign: 1 | -1, tables: Tables): Line {
  const { places, scratch, emit } = mixedRadix(n, sign, tables);
  return {
    name: 'dft mixed radix',
    scratch: n * complex + scratch,
    emit: (f, { read, write }, z, at) => {
      const rest = f.local('i32');
      read((number, j) => {
        f.get(j)
          .i32(4)
          .op('i32.mul')
          .access('i32.load', at + places)
          .get(z)
          .op('i32.add');
        f.get(number).access('v128.store', 0);
      });
      f.get(z)
        .i32(n * complex)
        .op('i32.add')
        .set(rest);
      emit(f, z, rest, at);
      write((j) => f.get(j).i32(complex).op('i32.mul').get(z).op('i32.add').access('v128.load', 0));
    },
  };
}
