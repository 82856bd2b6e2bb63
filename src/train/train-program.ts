import type { Arrays, Backend, Executable } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import type { Graph } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f32, i32, type Type } from '../graph/type.ts';
import { type Net, trainStep } from '../nn/index.ts';
import { add, constant, crossEntropy, diceLoss } from '../ops/index.ts';
import type { TrainConfig } from './config.ts';
import { ignoredClass } from './data/class-map.ts';
import { optimizerOf } from './optimizer-of.ts';

/** A training step made ready to run. */
export interface TrainProgram {
  readonly graph: Graph;
  /** Inputs `x`, `target`, `learningRate`; outputs `loss`, `gradientNorm` and `parameterNorm`. */
  readonly executable: Executable;
  /** Parameters and optimiser state. */
  readonly keptTypes: { readonly [name: string]: Type };
  /** A copy of all that is kept. */
  read(): Arrays;
}

/** Types of everything that a run keeps: what its checkpoints hold. */
export function keptTypesOf(config: TrainConfig, net: Net): { readonly [name: string]: Type } {
  return { ...net.parameterTypes, ...optimizerOf(config).stateTypes(net.parameterTypes) };
}

/** What a training step is made of, besides its configuration. */
export interface Ingredients {
  readonly net: Net;
  readonly channels: number;
  /** One weight per class in the cross-entropy; all alike unless given. */
  readonly classWeights?: readonly number[] | undefined;
  /** Parameters and state to begin with; the first ones by the run's seed unless given. */
  readonly kept?: Arrays | undefined;
  readonly backend?: Backend | undefined;
}

/** Builds and compiles a run's training step. */
export function trainProgram(
  config: TrainConfig,
  { net, channels, classWeights, kept, backend }: Ingredients,
): TrainProgram {
  const { batch, crop } = config;
  const step = trainStep({
    net,
    optimizer: optimizerOf(config),
    x: f32(batch, channels, crop, crop),
    target: i32(batch, crop, crop),
    loss: (logits, target) => lossOf(config, logits as Scores, target as Labels, classWeights),
  });
  const executable = compile(step.graph, backend === undefined ? {} : { backend });
  for (const [name, value] of Object.entries(kept ?? step.initial(config.seed))) executable.write(name, value);
  const keptTypes = { ...step.parameterTypes, ...step.stateTypes };
  const read = (): Arrays => Object.fromEntries(Object.keys(keptTypes).map((name) => [name, executable.read(name)]));
  return { graph: step.graph, executable, keptTypes, read };
}

type Scores = Tensor<Shape, 'f32'>;
type Labels = Tensor<Shape, 'i32'>;

function lossOf({ loss, data }: TrainConfig, logits: Scores, target: Labels, classWeights?: readonly number[]): Scores {
  const options = data.kind === 'folder' && data.ignore !== undefined ? { ignoreIndex: ignoredClass } : {};
  const entropy = (): Scores => {
    if (classWeights === undefined) return crossEntropy(logits, target, options);
    const weights = constant(logits.graph, f32(classWeights.length), classWeights);
    return crossEntropy(logits, target, { ...options, weights });
  };
  switch (loss) {
    case 'ce':
      return entropy();
    case 'dice':
      return diceLoss(logits, target, options);
    case 'ce+dice':
      return add(entropy(), diceLoss(logits, target, options)) as Scores;
  }
}
