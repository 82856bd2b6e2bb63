import type { AnyOp } from '../../../../graph/op.ts';
import { withinOp } from '../../../../ops/control/within.ts';
import { broadcastOp } from '../../../../ops/shape/broadcast.ts';
import { concatOp } from '../../../../ops/shape/concat.ts';
import { flipOp } from '../../../../ops/shape/flip.ts';
import { padOp } from '../../../../ops/shape/pad-op.ts';
import { sliceOp } from '../../../../ops/shape/slice.ts';
import { transposeOp } from '../../../../ops/shape/transpose.ts';
import type { KernelFor, Takes } from '../kernel.ts';
import { concatKernel } from './concat.ts';
import { padKernel } from './pad.ts';
import { rearrangeKernel } from './rearrange.ts';
import { withinKernel } from './within.ts';

/** Operators that move elements, or let them pass. */
export const movementKernels: readonly (readonly [AnyOp, KernelFor])[] = [
  [broadcastOp, rearrangeKernel],
  [concatOp, concatKernel],
  [flipOp, rearrangeKernel],
  [padOp, padKernel],
  [sliceOp, rearrangeKernel],
  [transposeOp, rearrangeKernel],
  [withinOp, withinKernel],
];

/** Copies read from anywhere. */
const anywhere: Takes = () => true;

export const movementTakes: readonly (readonly [AnyOp, Takes])[] = [
  [broadcastOp, anywhere],
  [concatOp, anywhere],
  [flipOp, anywhere],
  [padOp, anywhere],
  [sliceOp, anywhere],
  [transposeOp, anywhere],
];
