import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { sgd } from '../../nn/index.ts';
import { add, conv2d, mul, square, sub, sum } from '../../ops/index.ts';
import { learner } from '../learner.ts';
import { repeat } from '../repeat.ts';
import type { LabOptions } from '../system.ts';
import { padding } from './blurred-scene.ts';

/**
 * Gradient descent on ½ |conv(x, w) − y|² + ½ λ |x|² from x = 0, the gradient by the graph: x after each step. A blur with weights
 * that sum to 1 lengthens nothing, so that a step length below 2 / (1 + λ) converges.
 */
export async function descend(
  { y, w }: { readonly y: NdArray; readonly w: NdArray },
  { steps, lambda }: { readonly steps: number; readonly lambda: number },
  lab: LabOptions,
): Promise<NdArray[]> {
  const half = (t: Tensor): Tensor => mul(sum(square(t)), 0.5) as Tensor;
  const descent = learner({
    backend: lab.backend,
    optimizer: sgd(),
    parameterTypes: { x: y },
    initial: { x: array(y) },
    inputs: { y, w },
    loss: ({ y, w }, { x }) => ({
      loss: add(half(sub(conv2d(x!, w!, { padding }), y!) as Tensor), mul(half(x!), lambda) as Tensor) as Tensor,
    }),
  });
  const path: NdArray[] = [];
  try {
    await repeat(lab, 'steps of gradient descent', steps, () => {
      descent.step({ y, w }, 1.9 / (1 + lambda));
      path.push(descent.parameters().x!);
    });
    return path;
  } finally {
    descent.close();
  }
}
