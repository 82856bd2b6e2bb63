import type { AnyOp } from '../../../graph/op.ts';
import { matmulOp } from '../../../ops/linear/matmul.ts';
import { randomOp } from '../../../ops/random/random.ts';
import { convOp } from '../../../ops/window/conv.ts';
import { convKernel } from './conv/conv.ts';
import type { KernelFor } from './kernel.ts';
import { matmulKernel } from './matmul/matmul.ts';
import { movementKernels } from './movement/index.ts';
import { randomKernel } from './random/philox.ts';
import { warpKernels } from './warp/index.ts';
import { windowKernels } from './window/index.ts';

/** The operators that have kernels of their own; every other one runs its reference kernel, visibly. */
const kernels: ReadonlyMap<AnyOp, KernelFor> = new Map<AnyOp, KernelFor>([
  ...movementKernels,
  ...warpKernels,
  ...windowKernels,
  [randomOp, randomKernel],
  [convOp, convKernel],
  [matmulOp, matmulKernel],
]);

const byDefinition = new Map([...kernels].map(([op, kernel]) => [op.kernel, kernel]));

/** The kernel family of an operator, or of the one that its record was copied from, if with rules of the user's own. */
export const kernelFor = (op: AnyOp): KernelFor | undefined => kernels.get(op) ?? byDefinition.get(op.kernel);
