import type { Arrays, Backend, Executable } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import type { Graph } from '../graph/graph.ts';
import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f32, i32, type Type } from '../graph/type.ts';
import { adam, adamw, type Net, type Optimizer, sgd, trainStep } from '../nn/index.ts';
import { add, crossEntropy, diceLoss, sqrt } from '../ops/index.ts';
import type { TrainConfig } from './config.ts';
import { ignoredClass } from './data/class-map.ts';
import { guarded, squaredNorm } from './guarded.ts';

/** A training step made ready to run. */
export interface TrainProgram {
  readonly graph: Graph;
  /** Inputs `x`, `target`, `learningRate`; outputs `loss` and `gradientNorm`. */
  readonly executable: Executable;
  /** Parameters and optimiser state. */
  readonly keptTypes: { readonly [name: string]: Type };
  /** A copy of all that is kept. */
  read(): Arrays;
}

const optimizers: { readonly [name in TrainConfig['optimizer']]: () => Optimizer } = {
  adam: () => adam(),
  adamw: () => adamw(),
  sgd: () => sgd({ momentum: 0.9 }),
};

/** Types of everything that a run keeps: what its checkpoints hold. */
export function keptTypesOf(config: TrainConfig, net: Net): { readonly [name: string]: Type } {
  return { ...net.parameterTypes, ...optimizers[config.optimizer]().stateTypes(net.parameterTypes) };
}

/** Builds and compiles a run's training step, kept values set to `kept`, or to their first values by the run's seed. */
export function trainProgram(
  config: TrainConfig,
  net: Net,
  channels: number,
  kept?: Arrays,
  backend?: Backend,
): TrainProgram {
  const { batch, crop } = config;
  const step = trainStep({
    net,
    optimizer: guarded(optimizers[config.optimizer]()),
    x: f32(batch, channels, crop, crop),
    target: i32(batch, crop, crop),
    loss: (logits, target) => lossOf(config, logits as Scores, target as Labels),
    outputs: ({ gradients }) => ({ gradientNorm: sqrt(squaredNorm(gradients)) }),
  });
  const executable = compile(step.graph, backend === undefined ? {} : { backend });
  for (const [name, value] of Object.entries(kept ?? step.initial(config.seed))) executable.write(name, value);
  const keptTypes = { ...step.parameterTypes, ...step.stateTypes };
  const read = (): Arrays => Object.fromEntries(Object.keys(keptTypes).map((name) => [name, executable.read(name)]));
  return { graph: step.graph, executable, keptTypes, read };
}

type Scores = Tensor<Shape, 'f32'>;
type Labels = Tensor<Shape, 'i32'>;

function lossOf({ loss, data }: TrainConfig, logits: Scores, target: Labels): Scores {
  const options = data.kind === 'folder' && data.ignore !== undefined ? { ignoreIndex: ignoredClass } : {};
  switch (loss) {
    case 'ce':
      return crossEntropy(logits, target, options);
    case 'dice':
      return diceLoss(logits, target, options);
    case 'ce+dice':
      return add(crossEntropy(logits, target, options), diceLoss(logits, target, options)) as Scores;
  }
}
