import type { AnyOp } from '../../../../graph/op.ts';
import { withinOp } from '../../../../ops/control/within.ts';
import { broadcastOp } from '../../../../ops/shape/broadcast.ts';
import { concatOp } from '../../../../ops/shape/concat.ts';
import { flipOp } from '../../../../ops/shape/flip.ts';
import { padOp } from '../../../../ops/shape/pad-op.ts';
import { sliceOp } from '../../../../ops/shape/slice.ts';
import { transposeOp } from '../../../../ops/shape/transpose.ts';
import type { KernelFor } from '../kernel.ts';
import { broadcastKernel } from './broadcast.ts';
import { concatKernel } from './concat.ts';
import { flipKernel } from './flip.ts';
import { padKernel } from './pad.ts';
import { sliceKernel } from './slice.ts';
import { transposeKernel } from './transpose.ts';
import { withinKernel } from './within.ts';

/** Operators that move elements, or let them pass. */
export const movementKernels: readonly (readonly [AnyOp, KernelFor])[] = [
  [broadcastOp, broadcastKernel],
  [concatOp, concatKernel],
  [flipOp, flipKernel],
  [padOp, padKernel],
  [sliceOp, sliceKernel],
  [transposeOp, transposeKernel],
  [withinOp, withinKernel],
];
