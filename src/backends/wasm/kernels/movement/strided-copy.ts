import type { Shape } from '../../../../graph/shape.ts';
import type { Local, WasmFunction } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { nest } from '../nest.ts';
import { copyRow } from './copy-row.ts';
import { copyTransposed } from './copy-transposed.ts';
import { type CopyAxis, copyAxes, type Path } from './strided-axes.ts';

/** Bytes of an element: of a mask, of 32-bit numbers, of 64-bit ones. */
export type ElementBytes = 1 | 4 | 8;

/** A plain run longer than this is cut into pieces, so that threads can share it. */
const piece = 16384;

/** Copies all elements of `shape` from one path to another; `bases` are the addresses that offsets count from. */
export function stridedCopy(
  code: KernelCode,
  bytes: ElementBytes,
  shape: Shape,
  from: Path & { readonly base: number },
  to: Path & { readonly base: number },
): void {
  const axes = copyAxes(shape, from, to);
  if (shape.includes(0)) return;
  const bases = [from.base + from.offset * bytes, to.base + to.offset * bytes] as const;
  const loops = (list: readonly CopyAxis[]) =>
    list.map(({ size, from, to }) => ({ size, steps: [from * bytes, to * bytes] }));
  const { f } = code;
  const inner = axes.at(-1) ?? { size: 1, from: 1, to: 1 };
  const outer = axes.slice(0, -1);
  if (inner.to === 1 && inner.from === 1) {
    if (outer.length > 0 || inner.size * bytes <= piece)
      nest(code, loops(outer), bases, ([p, q]) => copyRow(f, p!, q!, inner.size * bytes));
    else copyLong(code, bases, inner.size * bytes);
    return;
  }
  const across = outer.find((axis) => axis.from === 1);
  const lanes = 16 / bytes;
  if (bytes !== 1 && inner.to === 1 && across !== undefined && across.size >= lanes && inner.size >= lanes) {
    copyTransposed(
      code,
      bytes,
      outer.filter((axis) => axis !== across),
      { across, along: inner },
      bases,
    );
    return;
  }
  if (bytes !== 1 && inner.to === 1 && (inner.from === 0 || inner.from === -1) && inner.size >= lanes) {
    nest(code, loops(outer), bases, ([p, q]) => copyVectors(f, bytes, p!, q!, inner));
    return;
  }
  nest(code, loops(axes), bases, ([p, q]) => copyRow(f, p!, q!, bytes));
}

/** One run of bytes in pieces. */
function copyLong(code: KernelCode, [from, to]: readonly [number, number], bytes: number): void {
  const whole = Math.floor(bytes / piece);
  const { f } = code;
  nest(code, [{ size: whole, steps: [piece, piece] }], [from, to], ([p, q]) => copyRow(f, p!, q!, piece));
  nest(code, [], [from + whole * piece, to + whole * piece], ([p, q]) => copyRow(f, p!, q!, bytes - whole * piece));
}

/** A row that repeats one element, or runs backwards, in vectors; the last one overlaps the one before. */
function copyVectors(f: WasmFunction, bytes: 4 | 8, from: Local, to: Local, { size, from: step }: CopyAxis): void {
  const lanes = 16 / bytes;
  const [j, start, value] = [f.local('i32'), f.local('i32'), f.local('v128')];
  const splat = (): WasmFunction => f.get(from).access(bytes === 4 ? 'v128.load32_splat' : 'v128.load64_splat', 0);
  if (step === 0) splat().set(value);
  f.count(j, 0, size, lanes, () => {
    f.get(j)
      .i32(size - lanes)
      .get(j)
      .i32(size - lanes)
      .op('i32.lt_s')
      .op('select')
      .i32(bytes)
      .op('i32.mul')
      .set(start);
    f.get(to).get(start).op('i32.add');
    if (step === 0) f.get(value);
    else {
      f.get(from)
        .get(start)
        .op('i32.sub')
        .i32((lanes - 1) * bytes)
        .op('i32.sub')
        .access('v128.load', 0)
        .tee(value);
      f.get(value).shuffle(
        Array.from({ length: 16 }, (_, i) => (lanes - 1 - Math.floor(i / bytes)) * bytes + (i % bytes)),
      );
    }
    f.access('v128.store', 0);
  });
}
