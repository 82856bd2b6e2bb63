import type { OnnxCase } from '../cases/case.ts';
import type { Contested } from '../run/contested.ts';

const unrounded: Contested = {
  reason:
    'Resize with align_corners and scales: the expected numbers use the unrounded length, some runtimes the rounded one',
};
const inLargerShape: Contested = {
  reason: 'MaxUnpool with output_shape: the indices speak of the shape without it, the result stands in the larger one',
};

/** Whether implementations differ over the expected numbers of a case, by the README of the case files. */
export function contestedOnnx({ op, attributes, inputs }: OnnxCase): Contested | undefined {
  const scaled = inputs[2] != null && inputs[2].data.length > 0;
  if (op === 'Resize' && attributes.coordinate_transformation_mode === 'align_corners' && scaled) return unrounded;
  return op === 'MaxUnpool' && inputs[2] != null ? inLargerShape : undefined;
}
