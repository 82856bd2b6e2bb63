import type { Arrays, Backend } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { array } from '../graph/nd-array.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f32 } from '../graph/type.ts';
import { adam, learningStep, type NamedTensors, type Optimizer, type Types } from '../nn/index.ts';

/** What a learner is made of. All that learns is f32. */
export interface LearnerOptions {
  readonly backend: Backend;
  /** Default Adam. */
  readonly optimizer?: Optimizer;
  readonly parameterTypes: Types;
  readonly learningRates?: { readonly [name: string]: number };
  readonly initial: Arrays;
  /** What each step is fed. */
  readonly inputs: Types;
  /** The scalar to make small, and scalars to report beside it. */
  loss(
    inputs: NamedTensors,
    parameters: NamedTensors,
  ): { readonly loss: Tensor; readonly report?: NamedTensors | undefined };
}

/** Parameters that get better step by step. */
export interface Learner {
  /** One step; what the loss and the reported scalars were before it. */
  step(feeds: Arrays, learningRate: number): { readonly loss: number; readonly [name: string]: number };
  /** The present parameters. */
  parameters(): Arrays;
  close(): void;
}

/** Any loss of any parameters with its gradient and its optimiser, one compiled graph: nets as well as images that are learnt themselves. */
export function learner(options: LearnerOptions): Learner {
  const { backend, optimizer = adam(), parameterTypes, learningRates = {}, initial, inputs, loss } = options;
  const { graph } = learningStep({
    parameterTypes,
    learningRates,
    optimizer,
    inputs,
    aim: (fed, parameters) => {
      const { loss: value, report } = loss(fed, parameters);
      return { loss: value, outputs: () => report ?? {} };
    },
  });
  const executable = compile(graph, { backend });
  const first = { ...initial, ...optimizer.initialState(parameterTypes) };
  for (const [name, array] of Object.entries(first)) executable.write(name, array);
  return {
    step: (feeds, learningRate) => {
      const results = executable.run({ ...feeds, learningRate: array(f32(), [learningRate]) });
      const numbers = Object.fromEntries(Object.entries(results).map(([name, value]) => [name, value.item()]));
      return { ...numbers, loss: numbers.loss! };
    },
    parameters: () => Object.fromEntries(Object.keys(parameterTypes).map((name) => [name, executable.read(name)])),
    close: () => executable.close(),
  };
}
