import type { AnyOp } from '../../../../graph/op.ts';
import { barrierOp } from '../../../../ops/control/barrier.ts';
import { customVjpOp } from '../../../../ops/control/custom-vjp.ts';
import { stopGradientOp } from '../../../../ops/control/stop-gradient.ts';
import { broadcastOp } from '../../../../ops/shape/broadcast.ts';
import { concatOp } from '../../../../ops/shape/concat.ts';
import { flipOp } from '../../../../ops/shape/flip.ts';
import { padOp } from '../../../../ops/shape/pad-op.ts';
import { reshapeOp } from '../../../../ops/shape/reshape.ts';
import { sliceOp } from '../../../../ops/shape/slice.ts';
import { transposeOp } from '../../../../ops/shape/transpose.ts';
import type { KernelFor } from '../kernel.ts';
import { aliasOf } from './alias.ts';
import { broadcastKernel } from './broadcast.ts';
import { concatKernel } from './concat.ts';
import { flipKernel } from './flip.ts';
import { padKernel } from './pad.ts';
import { sliceKernel } from './slice.ts';
import { transposeKernel } from './transpose.ts';

/** Operators that move elements or only rename them. */
export const movementKernels: readonly (readonly [AnyOp, KernelFor])[] = [
  [barrierOp, aliasOf('x')],
  [broadcastOp, broadcastKernel],
  [concatOp, concatKernel],
  [customVjpOp, aliasOf('result')],
  [flipOp, flipKernel],
  [padOp, padKernel],
  [reshapeOp, aliasOf('x')],
  [sliceOp, sliceKernel],
  [stopGradientOp, aliasOf('x')],
  [transposeOp, transposeKernel],
];
