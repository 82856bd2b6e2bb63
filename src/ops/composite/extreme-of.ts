import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { frontDoor } from '../front-door.ts';
import { maximum } from '../pointwise/maximum.ts';
import { minimum } from '../pointwise/minimum.ts';
import type { Broadcasted } from '../types/broadcast.ts';

/** The shape that all tensors have together. */
type Together<T extends readonly Tensor[], S extends Shape> = T extends readonly [
  infer H extends Tensor,
  ...infer R extends readonly Tensor[],
]
  ? Together<R, Broadcasted<S, H['shape']>>
  : T extends readonly []
    ? S
    : Shape;

/** A function of any number of tensors of one dtype, which broadcast like NumPy. */
export type ExtremeOfFunction = <const T extends readonly Tensor[]>(
  tensors: T,
) => Tensor<Together<T, []>, T[number]['dtype']>;

const joined = (name: string, join: typeof maximum): ExtremeOfFunction =>
  frontDoor(name, [], (tensors: readonly Tensor[]) => {
    const [first, ...rest] = tensors;
    if (first === undefined) fail('concat/empty', 'there is nothing to join', 'give at least one tensor.');
    return first.graph.scope(name, () => rest.reduce<Tensor>((a, b) => join(a, b) as Tensor, first));
  });

/** The greatest of several tensors, element by element; of equal ones the first takes the whole gradient. */
export const maximumOf: ExtremeOfFunction = joined('maximumOf', maximum);
/** The least of several tensors, element by element; of equal ones the first takes the whole gradient. */
export const minimumOf: ExtremeOfFunction = joined('minimumOf', minimum);
