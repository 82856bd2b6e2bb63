import type { Local, WasmFunction } from '../../encode/wasm-function.ts';
import type { Correlation } from './correlation.ts';
import { vectorOf } from './tile.ts';

/** Copies elements that are `step` apart, backwards where that is negative; in whole vectors, which may write on behind the last one. */
export function copyRow(
  f: WasmFunction,
  dtype: Correlation['dtype'],
  row: { target: Local; at: number; from: Local; offset: number; step: number; count: number },
): void {
  const { lanes, bytes } = vectorOf[dtype];
  const { target, at, from, offset, step, count } = row;
  const [i, read] = [f.local('i32'), f.local('i32')];
  // A vector read backwards ends with the first element.
  const first = step === -1 ? offset - (16 - bytes) : offset;
  // Where the first element lies before the pointer, it is moved: offsets cannot be negative.
  const fixed = Math.max(0, first);
  f.get(from)
    .i32(first - fixed)
    .op('i32.add')
    .set(read);
  const [vectors, single] = [step === 1 || step === 2 || step === -1, bytes === 4 ? 'f32' : 'f64'] as const;
  f.count(i, 0, count, vectors ? lanes : 1, () => {
    f.get(target).get(i).i32(bytes).op('i32.mul').op('i32.add');
    f.get(read)
      .get(i)
      .i32(bytes * step)
      .op('i32.mul')
      .op('i32.add');
    if (step === 1) f.access('v128.load', fixed).access('v128.store', at);
    else if (step === -1) {
      const here = f.local('v128');
      f.access('v128.load', fixed).tee(here).get(here);
      f.shuffle(Array.from({ length: 16 }, (_, b) => (lanes - 1 - Math.floor(b / bytes)) * bytes + (b % bytes)));
      f.access('v128.store', at);
    } else if (step === 2) {
      const here = f.local('i32');
      f.tee(here)
        .access('v128.load', fixed)
        .get(here)
        .access('v128.load', fixed + 16);
      f.shuffle(Array.from({ length: 16 }, (_, b) => Math.floor(b / bytes) * 2 * bytes + (b % bytes)));
      f.access('v128.store', at);
    } else f.access(`${single}.load`, fixed).access(`${single}.store`, at);
  });
}

/** Zeros in the bytes [from, below) behind a pointer. */
export function zeroRow(f: WasmFunction, bytes: number, target: Local, from: number, below: number): void {
  const length = below - from;
  if (length <= 0) return;
  if (length < 16) {
    for (let at = from; at < below; at += bytes) {
      f.get(target);
      if (bytes === 4) f.f32(0).access('f32.store', at);
      else f.f64(0).access('f64.store', at);
    }
    return;
  }
  if (length > 128) {
    const i = f.local('i32');
    f.count(i, 0, length - 15, 16, () => {
      f.get(target).get(i).op('i32.add').f32x4(0).access('v128.store', from);
    });
  } else for (let at = from; at + 16 <= below; at += 16) f.get(target).f32x4(0).access('v128.store', at);
  if (length % 16 !== 0)
    f.get(target)
      .f32x4(0)
      .access('v128.store', below - 16);
}
