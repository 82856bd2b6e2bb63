import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { firstSource, type Lines, type PlacedBlock } from './linear-windows.ts';
import { loadSplat, stridedLoads } from './strided-load.ts';
import { overlapping, weightedSum } from './weighted-sum.ts';

/** A block of rows along the last axis: its repetitions are the lanes. */
export function rowsAlong(code: KernelCode, { bytes }: Lines, placed: PlacedBlock, from: Local, to: Local): void {
  const { f } = code;
  const {
    block: { count, step, rows },
    first,
  } = placed;
  const least = firstSource(placed);
  const lanes = 16 / bytes;
  const [start, source, target] = [f.local('i32'), f.local('i32'), f.local('i32')];
  const several = count >= lanes && step >= 0;
  const body = (): void => {
    f.get(start)
      .i32(step * bytes)
      .op('i32.mul')
      .get(from)
      .op('i32.add')
      .i32(least * bytes)
      .op('i32.add')
      .set(source);
    f.get(start)
      .i32(rows.length * bytes)
      .op('i32.mul')
      .get(to)
      .op('i32.add')
      .set(target);
    const offsets = rows.flatMap((row) => row.map(([at]) => at - least));
    const strided = stridedLoads(f, bytes, source, step, offsets);
    const sums = rows.map((row) => {
      const sum = several && rows.length > 1 ? f.local('v128') : undefined;
      if (sum === undefined) f.get(target);
      weightedSum(code, bytes, row, (at) => {
        if (several && step > 0) strided(at - least);
        else loadSplat(f, bytes, source, (at - least) * bytes);
      });
      if (sum !== undefined) f.set(sum);
      else if (several) f.access('v128.store', first * bytes);
      else storeLane(0, first + rows.indexOf(row));
      return sum;
    });
    if (several && rows.length > 1) interleave(sums as Local[]);
  };
  if (several) overlapping(code, count, lanes, start, body);
  else f.count(start, 0, count, 1, body);

  function storeLane(lane: number, element: number): void {
    f.laneAccess(bytes === 4 ? 'v128.store32_lane' : 'v128.store64_lane', element * bytes, lane);
  }

  /** Writes lane 0 of every sum, then lane 1 of every sum, …. */
  function interleave(sums: readonly Local[]): void {
    const [a, b] = sums as [Local, Local];
    if (sums.length === 2) {
      for (const half of [0, 1]) {
        const indices = Array.from({ length: 16 }, (_, i) => {
          const lane = Math.floor(i / bytes);
          return (lane % 2) * 16 + ((half * lanes) / 2 + Math.floor(lane / 2)) * bytes + (i % bytes);
        });
        f.get(target)
          .get(a)
          .get(b)
          .shuffle(indices)
          .access('v128.store', first * bytes + half * 16);
      }
      return;
    }
    for (let lane = 0; lane < lanes; lane++)
      for (const [k, sum] of sums.entries()) {
        f.get(target).get(sum);
        storeLane(lane, first + lane * sums.length + k);
      }
  }
}
