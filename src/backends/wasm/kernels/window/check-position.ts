import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode } from '../kernel.ts';

/** Refuses a position that is neither −1 nor below `size`. */
export function checkPosition({ f, refuse }: KernelCode, position: Local, size: number): void {
  f.get(position).i32(1).op('i32.add').i32(size).op('i32.gt_u').when(refuse);
}
