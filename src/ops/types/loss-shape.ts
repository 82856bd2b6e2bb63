import type { DType, FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Differ } from './differ.ts';
import type { Without } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { TargetShape } from './target-shape.ts';

/** Classes [N,…] (i32) or probabilities [N,C,…] (float) that fit logits [N,C,…]; or the refusal. */
export type CrossEntropyTarget<Logits extends Shape, Target extends Shape, D extends DType> = [D] extends ['i32']
  ? TargetShape<Logits, Target>
  : [D] extends [FloatDType]
    ? Differ<Logits, Target> extends true
      ? Refusal<'target/shape', { target: ShowShape<Target>; logits: ShowShape<Logits>; needed: ShowShape<Logits> }>
      : Target
    : Shape;

/** What is left of losses: a scalar, or one per place. */
export type Reduced<Losses extends Shape, R> = R extends 'none' ? Losses : [];

/** Losses of logits [N,C,…]: a scalar, or [N,…]. */
export type LossShape<Logits extends Shape, R> = Reduced<Without<Logits, 1>, R>;
