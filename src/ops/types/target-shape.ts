import type { Shape } from '../../graph/shape.ts';
import type { Differ } from './differ.ts';
import type { Without } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** Class labels [N,…] that fit logits [N,C,…]; or the refusal. */
export type TargetShape<Logits extends Shape, Target extends Shape> =
  Without<Logits, 1> extends infer Needed extends Shape
    ? Differ<Needed, Target> extends true
      ? Refusal<'target/shape', { target: ShowShape<Target>; logits: ShowShape<Logits>; needed: ShowShape<Needed> }>
      : Target
    : never;
