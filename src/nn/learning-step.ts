import { valueAndGrad } from '../autodiff/index.ts';
import { GraphBuilder } from '../graph/builder.ts';
import type { FloatDType } from '../graph/dtype.ts';
import type { Graph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import { declareParameters, type Scores } from './net.ts';
import type { NamedTensors, Optimizer, Types } from './optimisers/optimizer.ts';

/** A scalar to make small. */
export interface Aim {
  readonly loss: Tensor;
  /** Outputs beside `loss`, which may be made of its gradients. */
  outputs?(gradients: NamedTensors, loss: Scores): NamedTensors;
}

/** What learns from what. */
export interface LearningStepOptions {
  readonly parameterTypes: Types;
  /** Factors of the learning rate, of the parameters that have one other than 1. */
  readonly learningRates?: { readonly [name: string]: number } | undefined;
  readonly optimizer: Optimizer;
  /** What each step is fed, beside `learningRate`. */
  readonly inputs: Types;
  /** The learning rate's; `f32` unless given. */
  readonly dtype?: FloatDType;
  aim(inputs: NamedTensors, parameters: NamedTensors, g: GraphBuilder): Aim;
}

/** A step of learning as one graph. */
export interface LearningStep {
  /** Inputs and `learningRate`; output `loss`, the optimiser's and those asked for; parameters and optimiser state updated. */
  readonly graph: Graph;
  readonly stateTypes: Types;
}

/** Builds a step that makes any loss of any parameters smaller: loss, gradient, optimiser, updates. The loss is that before the step. */
export function learningStep(options: LearningStepOptions): LearningStep {
  const { parameterTypes, learningRates = {}, optimizer, inputs, dtype = 'f32', aim } = options;
  const g = new GraphBuilder();
  const fed = Object.fromEntries(Object.entries(inputs).map(([name, type]) => [name, g.input(name, type)]));
  const learningRate = g.input('learningRate', { dtype, shape: [] });
  const parameters = declareParameters(g, parameterTypes);
  const stateTypes = optimizer.stateTypes(parameterTypes);
  const state = g.madeHere(() =>
    Object.fromEntries(Object.entries(stateTypes).map(([name, type]) => [name, g.state(name, type)])),
  );
  const { loss, outputs } = aim(fed, parameters, g);
  const { value, gradients } = valueAndGrad(loss as Scores, parameters);
  const next = optimizer.step({ parameters, gradients, state, learningRate, learningRates });
  const more = outputs?.(gradients, value) ?? {};
  return {
    graph: g.build({ loss: value, ...next.outputs, ...more }, { ...next.parameters, ...next.state }),
    stateTypes,
  };
}
