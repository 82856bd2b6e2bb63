import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** A batch of feature maps [N, C, H, W] whose sizes only run time knows. */
export type Image = Tensor<Shape, FloatDType>;
