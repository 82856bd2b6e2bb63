import type { TorchCase } from '../cases/case.ts';
import type { Contested } from '../run/contested.ts';

const rounded: Contested = {
  reason: 'PyTorch 1.13 rounds a constant of this gradient (1/6, 1/alpha) to float32',
  upTo: 1e-7,
};

/** Whether PyTorch's own numbers are known not to be as exact as float64 is. */
export function contestedTorch({ op, attributes }: TorchCase): Contested | undefined {
  if (op === 'hardsigmoid') return rounded;
  const inverse = 1 / Number(attributes.alpha ?? 1);
  return op === 'celu' && Math.fround(inverse) !== inverse ? rounded : undefined;
}
