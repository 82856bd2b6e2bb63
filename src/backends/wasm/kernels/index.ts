import type { AnyOp } from '../../../graph/op.ts';
import type { KernelFor } from './kernel.ts';

/** The operators that have kernels of their own; every other one runs its reference kernel, visibly. */
export const kernels: ReadonlyMap<AnyOp, KernelFor> = new Map<AnyOp, KernelFor>([]);
