import type { AnyOp } from '../../../../graph/op.ts';
import { argsortOp } from '../../../../ops/reduce/argsort.ts';
import { argmaxBoxOp } from '../../../../ops/window/argmax-box.ts';
import { keepOneOp } from '../../../../ops/window/keep-one.ts';
import type { KernelFor } from '../kernel.ts';
import { argmaxBoxKernel } from './argmax-box.ts';
import { argsortKernel } from './argsort.ts';
import { keepOneKernel } from './keep-one.ts';

/** Operators that compare elements one by one, wherever the data lead. */
export const orderKernels: readonly (readonly [AnyOp, KernelFor])[] = [
  [argmaxBoxOp, argmaxBoxKernel],
  [argsortOp, argsortKernel],
  [keepOneOp, keepOneKernel],
];
