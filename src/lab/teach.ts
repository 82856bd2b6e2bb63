import type { Arrays } from '../backends/backend.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import { cosineSchedule, type Net, type Scores } from '../nn/index.ts';
import { learner } from './learner.ts';
import { repeat } from './repeat.ts';
import type { LabCurve, LabOptions } from './system.ts';

/** How a net of the laboratory is trained. */
export interface TeachOptions {
  /** What the display says. */
  readonly what: string;
  readonly net: Net;
  /** Types of a batch of images and of what they should become. */
  readonly x: Type;
  readonly target: Type;
  readonly steps: number;
  /** The highest learning rate of Adam; it falls to 0 along half a cosine. */
  readonly learningRate: number;
  loss(scores: Scores, target: Tensor): Tensor;
  /** The batch of a step. */
  batch(step: number): { readonly x: Arrays[string]; readonly target: Arrays[string] };
}

/** A trained net's parameters, and how it got there. */
export interface Taught {
  readonly parameters: Arrays;
  /** Loss before each step. */
  readonly losses: LabCurve['lines'][number]['points'];
  readonly millisecondsPerStep: number;
}

/** Trains a net from the seed's first values. */
export async function teach(lab: LabOptions, options: TeachOptions): Promise<Taught> {
  const { what, net, x, target, steps, learningRate, loss, batch } = options;
  const rate = cosineSchedule({ learningRate, steps });
  const learning = learner({
    backend: lab.backend,
    parameterTypes: net.parameterTypes,
    ...(net.learningRates === undefined ? {} : { learningRates: net.learningRates }),
    initial: net.initialise(lab.seed),
    inputs: { x, target },
    loss: (inputs, parameters) => ({ loss: loss(net.apply(inputs.x!, parameters), inputs.target!) }),
  });
  const losses: (readonly [number, number])[] = [];
  let milliseconds = 0;
  try {
    await repeat(lab, what, steps, (step) => {
      const feeds = batch(step);
      const began = performance.now();
      losses.push([step, learning.step(feeds, rate(step)).loss]);
      milliseconds += performance.now() - began;
    });
    return { parameters: learning.parameters(), losses, millisecondsPerStep: milliseconds / steps };
  } finally {
    learning.close();
  }
}
