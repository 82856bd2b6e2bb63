import { told } from './told.ts';
import { typed } from './typed.ts';

/**
 * A user-facing function: its signature computes literal shapes, as with `typed`, and what it refuses names the call and
 * the operands. `operands` names its leading parameters; a list of tensors becomes x0, x1, ….
 */
export const frontDoor = <F extends (...args: never[]) => object>(
  name: string,
  operands: readonly string[],
  plain: (...args: Parameters<F>) => object,
): F => typed<F>((...args) => told(name, named(operands, args), () => plain(...args)));

function named(operands: readonly string[], args: readonly unknown[]): { readonly [name: string]: unknown } {
  const [first] = args;
  const list: [string, unknown][] = Array.isArray(first)
    ? first.map((x, k) => [`x${k}`, x])
    : operands.map((name, k) => [name, args[k]]);
  return Object.fromEntries(list);
}
