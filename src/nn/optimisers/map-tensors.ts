import type { Tensor } from '../../graph/tensor.ts';
import type { NamedTensors } from './optimizer.ts';

/** The same names, each tensor replaced by `f(tensor, name)`. */
export const mapTensors = (tensors: NamedTensors, f: (tensor: Tensor, name: string) => Tensor): NamedTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, f(tensor, name)]));
