import type { AnyOp } from '../../../graph/op.ts';
import { matmulOp } from '../../../ops/linear/matmul.ts';
import { randomOp } from '../../../ops/random/random.ts';
import { dftOp } from '../../../ops/spectral/dft.ts';
import { argmaxWindowOp } from '../../../ops/window/argmax-window.ts';
import { convOp } from '../../../ops/window/conv.ts';
import { convFinishes, convKernel, convStores, convTakes } from './conv/conv.ts';
import type { Finishes, KernelFor, Stores, Takes } from './kernel.ts';
import type { Lowering } from './lowering.ts';
import { matmulKernel, matmulTakes } from './matmul/matmul.ts';
import { movementKernels, movementTakes } from './movement/index.ts';
import { orderKernels } from './order/index.ts';
import { randomKernel } from './random/philox.ts';
import { dftKernel } from './spectral/dft.ts';
import { warpKernels } from './warp/index.ts';
import { windowKernels, windowLowerings } from './window/index.ts';
import { argmaxWindowTakes } from './window/maxima.ts';

/** The operators that have kernels of their own; every other one runs its reference kernel, visibly. */
const kernels: ReadonlyMap<AnyOp['kernel'], KernelFor> = byDefinition<KernelFor>([
  ...movementKernels,
  ...warpKernels,
  ...windowKernels,
  ...orderKernels,
  [randomOp, randomKernel],
  [convOp, convKernel],
  [matmulOp, matmulKernel],
  [dftOp, dftKernel],
]);

/** Those whose kernels read inputs that do not lie row-major. */
const taking: ReadonlyMap<AnyOp['kernel'], Takes> = byDefinition<Takes>([
  ...movementTakes,
  [argmaxWindowOp, argmaxWindowTakes],
  [convOp, convTakes],
  [matmulOp, matmulTakes],
]);

/** Those whose kernels write results that do not lie row-major. */
const storing: ReadonlyMap<AnyOp['kernel'], Stores> = byDefinition<Stores>([[convOp, convStores]]);

/** Those whose kernels hand results on before they are written. */
const finishing: ReadonlyMap<AnyOp['kernel'], Finishes> = byDefinition<Finishes>([[convOp, convFinishes]]);

/** Those that are done together with what comes before. */
const lowerings: ReadonlyMap<AnyOp['kernel'], Lowering> = byDefinition<Lowering>(windowLowerings);

/** Records that were copied, with rules of the user's own, have the kernel of the original. */
function byDefinition<T>(entries: readonly (readonly [AnyOp, T])[]): Map<AnyOp['kernel'], T> {
  return new Map(entries.map(([op, value]) => [op.kernel, value]));
}

/** The kernel family of an operator. */
export const kernelFor = (op: AnyOp): KernelFor | undefined => kernels.get(op.kernel);

/** Whether the kernel of a node reads an input where it lies. */
export const takes: Takes = (node, types, input, strides, choosing) =>
  taking.get(node.op.kernel)?.(node, types, input, strides, choosing) ?? false;

/** Whether the kernel of a node writes its result to where it goes. */
export const stores: Stores = (node, types, strides, choosing) =>
  storing.get(node.op.kernel)?.(node, types, strides, choosing) ?? false;

/** Whether the kernel of a node takes an epilogue. */
export const finishes: Finishes = (node, types, epilogue, choosing) =>
  finishing.get(node.op.kernel)?.(node, types, epilogue, choosing) ?? false;

/** How an operator's node and others before it become one. */
export const loweringFor = (op: AnyOp): Lowering | undefined => lowerings.get(op.kernel);
