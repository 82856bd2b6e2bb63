import type { Backend, Executable } from '../../src/backends/index.ts';
import { compile } from '../../src/backends/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, i32 } from '../../src/graph/type.ts';
import { adam, nets, trainStep } from '../../src/nn/index.ts';
import { crossEntropy } from '../../src/ops/index.ts';

/** A U-Net in training on one batch that is always the same. */
export interface SmallTraining {
  readonly executable: Executable;
  /** Does one step and returns the loss before it. */
  step(): number;
}

interface SmallSizes {
  readonly width?: number;
  readonly batch?: number;
  readonly size?: number;
}

/** Compiles the training step of a small U-Net: [batch,1,size,size], two classes, Adam. */
export function smallTraining(backend: Backend, { width = 4, batch = 2, size = 16 }: SmallSizes = {}): SmallTraining {
  const { graph, initial } = trainStep({
    net: nets.unet!.make({ inChannels: 1, classes: 2, width, depth: 2 }),
    optimizer: adam(),
    x: f32(batch, 1, size, size),
    target: i32(batch, size, size),
    loss: (logits, target) => crossEntropy(logits, target as Tensor<Shape, 'i32'>),
  });
  const executable = compile(graph, { backend });
  for (const [name, value] of Object.entries(initial(1))) executable.write(name, value);
  const count = batch * size * size;
  const pixels = Array.from({ length: count }, (_, i) => ((i * 37) % 64) / 32 - 1);
  const feeds = {
    x: array(f32(batch, 1, size, size), pixels),
    target: array(
      i32(batch, size, size),
      pixels.map((pixel) => (pixel > 0 ? 1 : 0)),
    ),
    learningRate: array(f32(), [0.01]),
  };
  return { executable, step: () => executable.run(feeds).loss!.item() };
}
