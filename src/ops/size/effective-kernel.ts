import { extent } from '../window/extent.ts';
import { checkStep } from '../window/step.ts';

/**
 * Elements that a dilated kernel spans (operators.md 49): d·(k − 1) + 1, which is also k + (k − 1)·(d − 1).
 *
 * @throws CotangentError `window/step` unless both are whole numbers of at least 1.
 */
export function effectiveKernel(kernel: number, dilation = 1): number {
  checkStep('kernel', kernel);
  checkStep('dilation', dilation);
  return extent(kernel, dilation);
}
