import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { nest } from '../nest.ts';
import type { CopyAxis } from './strided-axes.ts';
import { transposeTile } from './transpose-tile.ts';

/** Elements along the source's runs that one tile takes at a time: a cache line of floats. */
const wide = 16;

/**
 * Copies where the source runs along `across` and the result along `along`: squares of registers are turned, so that
 * both sides move whole vectors. Tiles at the ends overlap their neighbours, which writes the same values again.
 */
export function copyTransposed(
  code: KernelCode,
  bytes: 4 | 8,
  outer: readonly CopyAxis[],
  { across, along }: { readonly across: CopyAxis; readonly along: CopyAxis },
  bases: readonly [from: number, to: number],
): void {
  const { f } = code;
  const lanes = 16 / bytes;
  const tile = across.size >= wide ? wide : lanes;
  const vectors = Array.from({ length: lanes }, () => f.local('v128'));
  const free = Array.from({ length: lanes }, () => f.local('v128'));
  const [i, j, from, to] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const rounds = Math.ceil(across.size / tile);
  // Offsets of loads cannot be negative: counted from the vector that lies first.
  const lowest = Math.min(0, (lanes - 1) * along.from);
  // Rounds across are a loop of their own for the threads to share; where the last one begins is set back below.
  const axes = [
    ...outer.map(({ size, from, to }) => ({ size, steps: [from * bytes, to * bytes, 0] })),
    { size: rounds, steps: [0, 0, tile] },
  ];
  nest(code, axes, [bases[0] + lowest * bytes, bases[1], 0], ([source, result, round]) => {
    begin(round!, across.size - tile, i);
    f.count(j, 0, along.size, lanes, () => {
      const start = f.local('i32');
      begin(j, along.size - lanes, start);
      address(source!, i, bytes, start, along.from * bytes, from);
      address(result!, i, across.to * bytes, start, bytes, to);
      for (let t = 0; t < tile; t += lanes) {
        vectors.forEach((vector, k) => {
          f.get(from)
            .access('v128.load', (t + k * along.from - lowest) * bytes)
            .set(vector);
        });
        transposeTile(f, bytes, vectors, free);
        vectors.forEach((vector, k) => {
          f.get(to)
            .get(vector)
            .access('v128.store', (t + k) * across.to * bytes);
        });
      }
    });
  });

  function begin(wanted: Local, last: number, start: Local): void {
    f.get(wanted).i32(last).get(wanted).i32(last).op('i32.lt_s').op('select').set(start);
  }
  function address(base: Local, a: Local, stepA: number, b: Local, stepB: number, to: Local): void {
    f.get(base).get(a).i32(stepA).op('i32.mul').op('i32.add').get(b).i32(stepB).op('i32.mul').op('i32.add').set(to);
  }
}
