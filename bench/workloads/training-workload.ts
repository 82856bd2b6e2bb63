import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, i32 } from '../../src/graph/type.ts';
import { adam, type Net, randomStream, trainStep, unet } from '../../src/nn/index.ts';
import { crossEntropy } from '../../src/ops/index.ts';
import { seeded } from './seeded.ts';
import type { Size, Workload } from './workload.ts';

interface NetSize {
  readonly images: readonly [batch: number, channels: number, height: number, width: number];
  readonly width: number;
  readonly depth: number;
}

interface TrainingOptions {
  readonly name: string;
  readonly title: string;
  readonly sizes: { readonly [size in Size]: NetSize };
  readonly operations?: number;
}

const classes = 3;

/**
 * A training step of a U-Net: forward, cross-entropy over pixels, gradients, Adam at rate 1e-3. Among its arrays are the
 * images `x`, labels `target` and the first values of all parameters, whose names tell other frameworks the net.
 */
export function trainingWorkload({ name, title, sizes, operations }: TrainingOptions): Workload {
  return {
    name,
    title,
    ...(operations === undefined ? {} : { operations }),
    arrays: (size) => {
      const { images, width, depth } = sizes[size];
      const [batch, , ...pixels] = images;
      const { uniform } = randomStream(7, `${name}.target`);
      const target = array(i32(batch, ...pixels));
      for (let i = 0; i < target.data.length; i++) target.data[i] = Math.floor(uniform() * classes);
      return { x: seeded(`${name}.x`, images), target, ...firstValues(net(images[1], width, depth)) };
    },
    program: ({ x, target, ...parameters }) => {
      const depth = Object.keys(parameters).filter((key) => /^expand\d+\.w$/.test(key)).length;
      const step = trainStep({
        net: net(x!.shape[1]!, parameters['head.w']!.shape[1]!, depth),
        optimizer: adam(),
        x: f32(...x!.shape),
        target: target!,
        // `target` was made an i32 above.
        loss: (logits, labels) => crossEntropy(logits, labels as Tensor<readonly number[], 'i32'>),
      });
      return {
        graph: step.graph,
        kept: { ...step.initial(0), ...parameters },
        feeds: { x: x!, target: target!, learningRate: array(f32(), [1e-3]) },
        results: [],
        runs: 4,
      };
    },
  };
}

const net = (inChannels: number, width: number, depth: number): Net => unet({ inChannels, classes, width, depth });

/** He's initialisation; biases, which start as zero, get small numbers, so that a framework that drops them is noticed. */
function firstValues(net: Net): { readonly [name: string]: NdArray } {
  const values = net.initialise(7);
  const biases = Object.entries(values).filter(([key]) => key.endsWith('.b'));
  return { ...values, ...Object.fromEntries(biases.map(([key, { shape }]) => [key, seeded(key, shape, 0.01)])) };
}
