import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';
import { nest } from '../nest.ts';

/** Elements that a thread takes at a time where there are few blocks. */
const piece = 64;

/** What every pointer moves by, in bytes. */
export interface Steps {
  readonly block: readonly number[];
  readonly element: readonly number[];
}

/** Runs `body` for every element of every block, with pointers; threads share blocks, or pieces of them where these are few. */
export function nestPieces(
  code: KernelCode,
  blocks: number,
  elements: number,
  steps: Steps,
  bases: readonly number[],
  body: (pointers: readonly Local[]) => void,
): void {
  const whole = blocks >= 8 ? 0 : Math.floor(elements / piece);
  const inner =
    (count: number) =>
    (pointers: readonly Local[]): void => {
      const { f } = code;
      const counter = f.local('i32');
      const moving = pointers.map((pointer, i) => {
        if (steps.element[i] === 0) return pointer;
        const own = f.local('i32');
        f.get(pointer).set(own);
        return own;
      });
      f.count(counter, 0, count, 1, () => {
        body(moving);
        moving.forEach((pointer, i) => {
          if (steps.element[i] !== 0) f.get(pointer).i32(steps.element[i]!).op('i32.add').set(pointer);
        });
      });
    };
  const byBlock = { size: blocks, steps: steps.block };
  const byPiece = { size: whole, steps: steps.element.map((step) => step * piece) };
  nest(code, [byBlock, byPiece], bases, inner(piece));
  const rest = bases.map((base, i) => base + whole * piece * steps.element[i]!);
  if (elements > whole * piece) nest(code, [byBlock], rest, inner(elements - whole * piece));
}
