import type { Local, WasmFunction } from '../../encode/wasm-function.ts';

/** Rows from this many bytes on are left to the engine's own copying, which costs a call. */
const callFrom = 1024;

/** Up to this many bytes loads and stores stand in the code one after the other. */
const unrolled = 128;

/** Copies `bytes` from one pointer to another. Nothing behind the row is written. */
export function copyRow(f: WasmFunction, from: Local, to: Local, bytes: number): void {
  if (bytes >= callFrom) f.get(to).get(from).i32(bytes).copyMemory();
  else if (bytes >= 16) copyVectors(f, from, to, bytes);
  else copyFew(f, from, to, bytes);
}

function copyVectors(f: WasmFunction, from: Local, to: Local, bytes: number): void {
  const copy = (offset: number): void =>
    void f.get(to).get(from).access('v128.load', offset).access('v128.store', offset);
  if (bytes <= unrolled) {
    for (let at = 0; at + 16 <= bytes; at += 16) copy(at);
  } else {
    const [p, q, end] = [f.local('i32'), f.local('i32'), f.local('i32')];
    f.get(from).set(p).get(to).set(q);
    f.get(from)
      .i32(bytes - (bytes % 16))
      .op('i32.add')
      .set(end);
    f.loop(() => {
      f.get(q).get(p).access('v128.load', 0).access('v128.store', 0);
      f.get(q).i32(16).op('i32.add').set(q);
      f.get(p).i32(16).op('i32.add').tee(p).get(end).op('i32.lt_s').branchIf(0);
    });
  }
  // The last vector overlaps the one before it: the same bytes again.
  if (bytes % 16 !== 0) copy(bytes - 16);
}

function copyFew(f: WasmFunction, from: Local, to: Local, bytes: number): void {
  let at = 0;
  for (; at + 8 <= bytes; at += 8) f.get(to).get(from).access('f64.load', at).access('f64.store', at);
  for (; at + 4 <= bytes; at += 4) f.get(to).get(from).access('i32.load', at).access('i32.store', at);
  for (; at < bytes; at++) f.get(to).get(from).access('i32.load8_u', at).access('i32.store8', at);
}
