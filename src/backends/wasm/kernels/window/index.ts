import type { AnyOp } from '../../../../graph/op.ts';
import { argmaxWindowOp } from '../../../../ops/window/argmax-window.ts';
import { gatherOp } from '../../../../ops/window/gather.ts';
import { linearWindowsOp } from '../../../../ops/window/linear-windows.ts';
import { scatterOp } from '../../../../ops/window/scatter.ts';
import type { KernelFor } from '../kernel.ts';
import { argmaxWindowKernel } from './argmax-window.ts';
import { gatherKernel } from './gather.ts';
import { linearWindowsKernel } from './linear-windows.ts';
import { scatterKernel } from './scatter.ts';

/** Operators that walk windows over a tensor, or read and write at positions. */
export const windowKernels: readonly (readonly [AnyOp, KernelFor])[] = [
  [argmaxWindowOp, argmaxWindowKernel],
  [gatherOp, gatherKernel],
  [linearWindowsOp, linearWindowsKernel],
  [scatterOp, scatterKernel],
];
