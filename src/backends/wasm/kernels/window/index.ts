import type { AnyOp } from '../../../../graph/op.ts';
import { argmaxOp } from '../../../../ops/reduce/argmax.ts';
import { cumulativeSumOp } from '../../../../ops/reduce/cumulative-sum.ts';
import { argmaxWindowOp } from '../../../../ops/window/argmax-window.ts';
import { gatherOp } from '../../../../ops/window/gather.ts';
import { linearWindowsOp } from '../../../../ops/window/linear-windows.ts';
import { scatterOp } from '../../../../ops/window/scatter.ts';
import type { KernelFor } from '../kernel.ts';
import type { Lowering } from '../lowering.ts';
import { argmaxKernel } from './argmax.ts';
import { cumulativeSumKernel } from './cumulative-sum.ts';
import { gatherKernel } from './gather.ts';
import { linearChain, linearChainKernel, linearChainOp } from './linear-chain.ts';
import { linearWindowsKernel } from './linear-windows.ts';
import { argmaxWindowKernel } from './maxima.ts';
import { scatterKernel } from './scatter.ts';

/** Operators that walk windows or lines of a tensor, or read and write at positions. */
export const windowKernels: readonly (readonly [AnyOp, KernelFor])[] = [
  [argmaxOp, argmaxKernel],
  [argmaxWindowOp, argmaxWindowKernel],
  [cumulativeSumOp, cumulativeSumKernel],
  [gatherOp, gatherKernel],
  [linearChainOp, linearChainKernel],
  [linearWindowsOp, linearWindowsKernel],
  [scatterOp, scatterKernel],
];

/** Those among them that are done together with what comes before. */
export const windowLowerings: readonly (readonly [AnyOp, Lowering])[] = [[linearWindowsOp, linearChain]];
