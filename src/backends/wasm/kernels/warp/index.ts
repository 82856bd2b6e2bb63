import type { AnyOp } from '../../../../graph/op.ts';
import { sampleOp } from '../../../../ops/warp/sample.ts';
import { splatOp } from '../../../../ops/warp/splat.ts';
import type { KernelFor } from '../kernel.ts';
import { sampleKernel } from './sample.ts';
import { splatKernel } from './splat.ts';

/** Operators that read or write at real positions. */
export const warpKernels: readonly (readonly [AnyOp, KernelFor])[] = [
  [sampleOp, sampleKernel],
  [splatOp, splatKernel],
];
