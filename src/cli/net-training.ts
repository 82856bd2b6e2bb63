import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { f32, i32 } from '../graph/type.ts';
import { adam, type Net, type TrainStep, trainStep } from '../nn/index.ts';
import { crossEntropy } from '../ops/index.ts';
import type { NetSizeOptions } from './net-size-options.ts';

/** A step of training (cross-entropy, Adam) of a net on a batch, as commands show it. */
export const netTraining = (net: Net, { batch, channels, size }: NetSizeOptions): TrainStep =>
  trainStep({
    net,
    optimizer: adam(),
    x: f32(batch, channels, size, size),
    target: i32(batch, size, size),
    loss: (logits, target) => crossEntropy(logits, target as Tensor<Shape, 'i32'>),
  });
