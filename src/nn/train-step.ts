import type { FloatDType } from '../graph/dtype.ts';
import type { Graph } from '../graph/graph.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import { learningStep } from './learning-step.ts';
import type { Net, Scores } from './net.ts';
import type { NamedTensors, Optimizer, Types } from './optimisers/optimizer.ts';

/** The tensors of a training step that further outputs may be made of. */
export interface StepTensors {
  readonly x: Tensor;
  readonly target: Tensor;
  readonly logits: Scores;
  readonly loss: Scores;
  readonly gradients: NamedTensors;
}

export interface TrainStepOptions {
  readonly net: Net;
  readonly optimizer: Optimizer;
  /** The type of a batch of images; its dtype is also the learning rate's. */
  readonly x: Type<readonly number[], FloatDType>;
  /** The type of a batch of targets. */
  readonly target: Type;
  /** A scalar of the net's scores and the target. */
  loss(logits: Scores, target: Tensor): Scores;
  /** Outputs beside `loss`. */
  outputs?(tensors: StepTensors): NamedTensors;
}

/** A training step ready to compile, and what its parameters and states are before the first step. */
export interface TrainStep {
  /** Inputs `x`, `target`, `learningRate`; output `loss`, the optimiser's and those asked for; parameters and optimiser state updated. */
  readonly graph: Graph;
  readonly parameterTypes: Types;
  readonly stateTypes: Types;
  /** Every parameter and state, to be written into the executable. */
  initial(seed: number): { readonly [name: string]: NdArray };
}

/** Builds a complete training step as one graph: net, loss, gradient, optimiser, updates. The loss is that before the step. */
export function trainStep({ net, optimizer, loss, outputs, x: images, target: truth }: TrainStepOptions): TrainStep {
  const { parameterTypes, learningRates } = net;
  const { graph, stateTypes } = learningStep({
    parameterTypes,
    learningRates,
    optimizer,
    inputs: { x: images, target: truth },
    dtype: images.dtype,
    aim: ({ x, target }, parameters, g) => {
      const logits = net.apply(x!, parameters);
      return {
        loss: g.scope('loss', () => loss(logits, target!)),
        outputs: (gradients, value) => outputs?.({ x: x!, target: target!, logits, loss: value, gradients }) ?? {},
      };
    },
  });
  return {
    graph,
    parameterTypes,
    stateTypes,
    initial: (seed) => ({ ...net.initialise(seed), ...optimizer.initialState(parameterTypes) }),
  };
}
