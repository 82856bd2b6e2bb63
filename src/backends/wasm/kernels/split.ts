import type { Local } from '../encode/wasm-function.ts';
import type { KernelCode } from './kernel.ts';

/**
 * This thread's share of `count` pieces of work: sets and returns the locals [from, below). Shares are neighbouring
 * pieces and differ by one at most.
 */
export function split({ f, thread, threads }: KernelCode, count: number): { from: Local; below: Local } {
  const from = f.local('i32');
  const below = f.local('i32');
  f.get(thread).i32(count).op('i32.mul').get(threads).op('i32.div_u').set(from);
  f.get(thread).i32(1).op('i32.add').i32(count).op('i32.mul').get(threads).op('i32.div_u').set(below);
  return { from, below };
}
