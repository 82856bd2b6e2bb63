import type { NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';

/** Types by name. */
export type Types = { readonly [name: string]: Type };
/** Tensors by name. */
export type NamedTensors = { readonly [name: string]: Tensor };

/** What one step starts from; `state` holds the tensors of `stateTypes`, `learningRate` is a scalar of any float type. */
export interface StepValues {
  readonly parameters: NamedTensors;
  readonly gradients: NamedTensors;
  readonly state: NamedTensors;
  readonly learningRate: Tensor;
  /** Factors of the learning rate, of the parameters that have one; 1 for the others. */
  readonly learningRates?: { readonly [name: string]: number };
}

/** The values after a step: the updates of a training graph. */
export interface StepResult {
  readonly parameters: NamedTensors;
  readonly state: NamedTensors;
  /** What was measured on the way: further outputs of a training graph. */
  readonly outputs?: NamedTensors;
}

/** An optimiser as graph: declares the state that it keeps between steps, and builds one step. */
export interface Optimizer {
  readonly name: string;
  stateTypes(parameterTypes: Types): { readonly [name: string]: Type };
  /** What the state is before the first step. */
  initialState(parameterTypes: Types): { readonly [name: string]: NdArray };
  /** Adds one step to the graph. Every parameter must have a gradient of its own type. */
  step(values: StepValues): StepResult;
}
