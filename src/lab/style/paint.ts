import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { adam, type NamedTensors, randomStream } from '../../nn/index.ts';
import { add, mul } from '../../ops/index.ts';
import { evaluate } from '../evaluate.ts';
import { learner } from '../learner.ts';
import { repeat } from '../repeat.ts';
import type { LabOptions } from '../system.ts';

/** What an image is to become. */
export interface Wish {
  /** What is being painted, for the progress. */
  readonly what: string;
  readonly size: readonly [height: number, width: number];
  readonly steps: number;
  /** Images that the losses are made of besides the painted one. */
  readonly given: { readonly [name: string]: NdArray };
  /** How much each loss counts, in units of what it is for noise. */
  readonly weights: { readonly [loss: string]: number };
  /** The losses of an image [1, 3, H, W], scalars. */
  losses(image: Tensor, given: NamedTensors): NamedTensors;
}

/** What was painted, and every loss before each step and at the end. */
export interface Painting {
  readonly image: NdArray;
  readonly log: readonly { readonly [loss: string]: number }[];
}

/** Improves an image that starts as noise until its losses are small: the image is the parameter, Adam the painter. */
export async function paint(wish: Wish, options: LabOptions): Promise<Painting> {
  const { given, steps, weights } = wish;
  const image = noise(options.seed, wish.size);
  const lossesOf = (painted: NdArray): { readonly [loss: string]: number } => {
    const values = evaluate(options.backend, { ...given, image: painted }, (all) => wish.losses(all.image!, all));
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.item()]));
  };
  const ofNoise = lossesOf(image);
  const painter = learner({
    backend: options.backend,
    optimizer: adam({ betas: [0.9, 0.99] }),
    parameterTypes: { image },
    initial: { image },
    inputs: given,
    loss: (inputs, parameters) => {
      const report = wish.losses(parameters.image!, inputs);
      const terms = Object.entries(report).map(([name, loss]) => mul(loss, weights[name]! / ofNoise[name]!) as Tensor);
      return { loss: terms.reduce((a, b) => add(a, b) as Tensor), report };
    },
  });
  const log: { readonly [loss: string]: number }[] = [];
  try {
    await repeat(options, wish.what, steps, (k) => {
      // Large steps first, since noise is far from any picture; small ones settle it.
      log.push(painter.step(given, 0.001 + 0.04 * (0.5 + 0.5 * Math.cos((Math.PI * k) / steps))));
    });
    const painted = painter.parameters().image!;
    return { image: painted, log: [...log, lossesOf(painted)] };
  } finally {
    painter.close();
  }
}

function noise(seed: number, [height, width]: readonly [number, number]): NdArray {
  const draw = randomStream(seed, 'noise');
  const image = array({ dtype: 'f32', shape: [1, 3, height, width] });
  for (let i = 0; i < image.data.length; i++) image.data[i] = draw.uniform();
  return image;
}
