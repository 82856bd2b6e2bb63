import type { AnyOp } from '../../../graph/op.ts';
import { matmulOp } from '../../../ops/linear/matmul.ts';
import { randomOp } from '../../../ops/random/random.ts';
import { convOp } from '../../../ops/window/conv.ts';
import { convKernel } from './conv/conv.ts';
import type { KernelFor } from './kernel.ts';
import { matmulKernel } from './matmul/matmul.ts';
import { movementKernels } from './movement/index.ts';
import { randomKernel } from './random/philox.ts';
import { windowKernels } from './window/index.ts';

/** The operators that have kernels of their own; every other one runs its reference kernel, visibly. */
export const kernels: ReadonlyMap<AnyOp, KernelFor> = new Map<AnyOp, KernelFor>([
  ...movementKernels,
  ...windowKernels,
  [randomOp, randomKernel],
  [convOp, convKernel],
  [matmulOp, matmulKernel],
]);
