import type { Shape } from '../../graph/shape.ts';

/**
 * Turns a result that is certainly a refusal into a constraint that no tensor meets, so that the compiler prints its
 * text: `x: Tensor<S, D> & Fits<R>`. A result that may be right constrains nothing; run time decides. Nothing is inferred
 * from it.
 */
export type Fits<R> = [R] extends [string] ? NoInfer<R> : unknown;

/** The shape in a result; after a refusal any, so that one mistake is one message. */
export type Sized<R> = [R] extends [string] ? Shape : Extract<R, Shape>;
