import type { AnyOp } from '../../../graph/op.ts';
import type { KernelFor } from './kernel.ts';
import { movementKernels } from './movement/index.ts';

/** The operators that have kernels of their own; every other one runs its reference kernel, visibly. */
export const kernels: ReadonlyMap<AnyOp, KernelFor> = new Map<AnyOp, KernelFor>([...movementKernels]);

const byDefinition = new Map([...kernels].map(([op, kernel]) => [op.kernel, kernel]));

/** The kernel family of an operator, or of the one that its record was copied from, if with rules of the user's own. */
export const kernelFor = (op: AnyOp): KernelFor | undefined => kernels.get(op) ?? byDefinition.get(op.kernel);
