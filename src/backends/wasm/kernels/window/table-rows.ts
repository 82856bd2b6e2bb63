import { rowsOf, type WeightTable } from '../../../../ops/window/weight-table.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import type { Lines } from './linear-windows.ts';
import { loadSplat } from './strided-load.ts';
import { overlapping } from './weighted-sum.ts';

/** Bytes of a row's count, and of a tap: where its source lies in the line, then its weight at an even place. */
const head = 8;
const tapBytes = 16;

/** A table as `tableRows` reads it: per row the number of taps, then the taps. */
export function tableBytes(table: WeightTable, { bytes, inner }: Lines): Uint8Array {
  const rows = rowsOf(table);
  const size = rows.reduce((sum, row) => sum + head + row.length * tapBytes, 0);
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  for (const row of rows) {
    view.setInt32(at, row.length, true);
    at += head;
    for (const [source, weight] of row) {
      view.setInt32(at, source * inner * bytes, true);
      if (bytes === 4) view.setFloat32(at + 8, weight, true);
      else view.setFloat64(at + 8, weight, true);
      at += tapBytes;
    }
  }
  return new Uint8Array(view.buffer);
}

/** All rows of one line, tap by tap as the table in memory has them. */
export function tableRows(
  code: KernelCode,
  { bytes, inner, results }: Lines,
  at: number,
  from: Local,
  to: Local,
): void {
  const { f } = code;
  const lanes = 16 / bytes;
  const [multiply, add] = bytes === 4 ? (['f32x4.mul', 'f32x4.add'] as const) : (['f64x2.mul', 'f64x2.add'] as const);
  const [row, entry, taps, start] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const [tap, end, source, sum, target] = [
    f.local('i32'),
    f.local('i32'),
    f.local('i32'),
    f.local('v128'),
    f.local('i32'),
  ];
  const weighted = (several: boolean): void => {
    f.i32x4(0).set(sum);
    f.get(entry).i32(head).op('i32.add').tee(tap);
    f.get(taps).i32(tapBytes).op('i32.mul').op('i32.add').set(end);
    f.block(() => {
      f.get(taps).op('i32.eqz').branchIf(0);
      f.loop(() => {
        f.get(tap)
          .access('i32.load', 0)
          .get(from)
          .op('i32.add')
          .get(start)
          .i32(bytes)
          .op('i32.mul')
          .op('i32.add')
          .set(source);
        if (several) f.get(source).access('v128.load', 0);
        else loadSplat(f, bytes, source, 0);
        loadSplat(f, bytes, tap, 8).op(multiply).get(sum).op(add).set(sum);
        f.get(tap).i32(tapBytes).op('i32.add').tee(tap).get(end).op('i32.lt_u').branchIf(0);
      });
    });
    f.get(start).i32(bytes).op('i32.mul').get(target).op('i32.add').get(sum);
    if (several) f.access('v128.store', 0);
    else f.laneAccess(bytes === 4 ? 'v128.store32_lane' : 'v128.store64_lane', 0, 0);
  };
  f.i32(at).set(entry).get(to).set(target);
  f.count(row, 0, results, 1, () => {
    f.get(entry).access('i32.load', 0).set(taps);
    if (inner >= lanes) overlapping(code, inner, lanes, start, () => weighted(true));
    else f.count(start, 0, inner, 1, () => weighted(false));
    f.get(entry).get(taps).i32(tapBytes).op('i32.mul').op('i32.add').i32(head).op('i32.add').set(entry);
    f.get(target)
      .i32(inner * bytes)
      .op('i32.add')
      .set(target);
  });
}
