import type { Tensor } from '../../graph/tensor.ts';
import { told } from '../told.ts';

/**
 * Runs the body of a composite in a scope of its name. What it refuses by itself is told like an operator's refusal:
 * with the operands, their types and where they were made.
 */
export function composite<T>(
  name: string,
  operands: { readonly [name: string]: Tensor | undefined },
  body: () => T,
): T {
  const [first] = Object.values(operands).filter((operand) => operand !== undefined);
  const { graph } = first!;
  return graph.madeHere(() => graph.scope(name, () => told(name, operands, body)));
}
