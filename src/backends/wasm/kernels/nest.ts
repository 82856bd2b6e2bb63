import type { Local } from '../encode/wasm-function.ts';
import type { KernelCode } from './kernel.ts';
import { split } from './split.ts';

/** One loop: how often it runs, and how many bytes each pointer moves every time. */
export interface LoopAxis {
  readonly size: number;
  readonly steps: readonly number[];
}

/** Shares of a longer axis are more alike; beyond this an outer axis is better. */
const enough = 8;

/**
 * Loops inside one another, outermost first, around `body`, which is given pointers that begin at `bases` and move along.
 * One of the loops is shared out among the threads; where there is none, the first thread runs the body.
 */
export function nest(
  code: KernelCode,
  axes: readonly LoopAxis[],
  bases: readonly number[],
  body: (pointers: readonly Local[]) => void,
): void {
  const { f } = code;
  if (axes.some(({ size }) => size === 0)) return;
  const pointers = bases.map((base) => {
    const pointer = f.local('i32');
    f.i32(base).set(pointer);
    return pointer;
  });
  const loops = axes.filter(({ size }) => size > 1);
  if (loops.length === 0) {
    f.get(code.thread)
      .op('i32.eqz')
      .when(() => body(pointers));
    return;
  }
  const shared = loops.find(({ size }) => size >= enough) ?? loops.reduce((a, b) => (b.size > a.size ? b : a));
  const share = split(code, shared.size);
  const descend = (k: number): void => {
    const axis = loops[k];
    if (axis === undefined) {
      body(pointers);
      return;
    }
    const counter = f.local('i32');
    const [from, below] = axis === shared ? [{ local: share.from }, { local: share.below }] : [0, axis.size];
    if (axis === shared)
      pointers.forEach((pointer, i) => {
        move(pointer, axis.steps[i]!, share.from, 'i32.add');
      });
    f.count(counter, from, below, 1, () => {
      descend(k + 1);
      pointers.forEach((pointer, i) => {
        if (axis.steps[i] !== 0) f.get(pointer).i32(axis.steps[i]!).op('i32.add').set(pointer);
      });
    });
    // Back to where the loop began, for the next round of the one around it.
    if (k === 0) return;
    pointers.forEach((pointer, i) => {
      if (axis === shared) move(pointer, axis.steps[i]!, share.below, 'i32.sub');
      else if (axis.steps[i] !== 0)
        f.get(pointer)
          .i32(axis.size * axis.steps[i]!)
          .op('i32.sub')
          .set(pointer);
    });
  };
  const move = (pointer: Local, step: number, count: Local, by: 'i32.add' | 'i32.sub'): void => {
    if (step !== 0) f.get(pointer).get(count).i32(step).op('i32.mul').op(by).set(pointer);
  };
  descend(0);
}
