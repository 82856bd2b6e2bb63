import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { firstSource, type Lines, type PlacedBlock } from './linear-windows.ts';
import { loadSplat } from './strided-load.ts';
import { overlapping, weightedSum } from './weighted-sum.ts';

/** Rows that are made in one loop over what stands at a position; more would not share what they read. */
const together = 4;

/** A block of rows where each position holds several elements: these are the lanes. */
export function rowsAcross(
  code: KernelCode,
  { bytes, inner }: Lines,
  placed: PlacedBlock,
  from: Local,
  to: Local,
): void {
  const { f } = code;
  const {
    block: { count, step, rows },
    first,
  } = placed;
  const least = firstSource(placed);
  const lanes = 16 / bytes;
  const [p, q, round] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const [start, source, target] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const pitch = inner * bytes;
  f.get(from)
    .i32(least * pitch)
    .op('i32.add')
    .set(p);
  f.get(to)
    .i32(first * pitch)
    .op('i32.add')
    .set(q);
  f.count(round, 0, count, 1, () => {
    for (let k = 0; k < rows.length; k += together) {
      const some = rows.slice(k, k + together);
      const body = (several: boolean): void => {
        f.get(start).i32(bytes).op('i32.mul').get(p).op('i32.add').set(source);
        f.get(start).i32(bytes).op('i32.mul').get(q).op('i32.add').set(target);
        for (const [i, row] of some.entries()) {
          f.get(target);
          weightedSum(code, bytes, row, (at) => {
            if (several) f.get(source).access('v128.load', (at - least) * pitch);
            else loadSplat(f, bytes, source, (at - least) * pitch);
          });
          const offset = (k + i) * pitch;
          if (several) f.access('v128.store', offset);
          else f.laneAccess(bytes === 4 ? 'v128.store32_lane' : 'v128.store64_lane', offset, 0);
        }
      };
      if (inner >= lanes) overlapping(code, inner, lanes, start, () => body(true));
      else f.count(start, 0, inner, 1, () => body(false));
    }
    f.get(p)
      .i32(step * pitch)
      .op('i32.add')
      .set(p);
    f.get(q)
      .i32(rows.length * pitch)
      .op('i32.add')
      .set(q);
  });
}
