import type { Tensor } from '../../graph/tensor.ts';
import { expm1, mul, neg, onesLike } from '../../ops/index.ts';

/** 1 − βᵗ, accurate in float32 too, where the plain difference would lose five digits for β = 0.999 and t = 1. */
export const forgotten = (beta: number, step: Tensor): Tensor =>
  beta === 0 ? onesLike(step) : neg(expm1(mul(step, Math.log(beta))));
