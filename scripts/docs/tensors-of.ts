import { Tensor } from '../../src/index.ts';

/** The tensors in what an example gives, by name: `y` for a tensor alone, else what the example calls them. */
export function tensorsOf(value: unknown): readonly (readonly [name: string, tensor: Tensor])[] {
  if (value instanceof Tensor) return [['y', value]];
  if (Array.isArray(value))
    return value.flatMap((each, i) => (each instanceof Tensor ? [[`y${i}`, each] as const] : []));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (each instanceof Tensor ? [[name, each] as const] : []));
}
