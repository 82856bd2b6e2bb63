import { compiledMemoryOf } from '../../analysis/index.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f32, i32 } from '../../graph/type.ts';
import { recomputed, type Subject, type Version } from '../../inspect/index.ts';
import { adam, makeNet, type Net, nets, type TrainStep, trainStep } from '../../nn/index.ts';
import { crossEntropy } from '../../ops/index.ts';
import { netGraph } from '../net-graph.ts';
import type { NetSizeOptions } from '../net-size-options.ts';

/** How a net becomes a graph. */
export interface NetOptions extends NetSizeOptions {
  /** The loss and all gradients instead of the prediction. */
  readonly grad?: boolean;
  /** A whole step of training instead. */
  readonly train?: boolean;
}

/**
 * A net by its name, as a graph to look into.
 *
 * @throws CotangentError `inspect/train` for a step of training of a net that makes no scores of pixels; what making it refuses.
 */
export function netSubject(name: string, options: NetOptions): Subject {
  const { batch, channels, size, classes } = options;
  const { summary, graph, values } = netGraph(name, options);
  const facts = `${summary}; images of ${batch}×${channels}×${size}×${size}, ${classes} classes`;
  const versions = (): readonly Version[] => versionsOf(name, options);
  if (options.train !== true)
    return { name: options.grad === true ? `${name}, with its gradient` : name, graph, values, facts, versions };
  const step = stepOf(trained(name, options), options);
  return { name: `${name}, a step of training`, graph: step.graph, values: step.initial(0), facts, versions };
}

function trained(name: string, { channels, classes, width, depth }: NetOptions): Net {
  if (!Object.hasOwn(nets, name))
    throw new CotangentError({
      code: 'inspect/train',
      summary: `${name} makes no scores of pixels, so that there is no step of training for it here`,
      details: [`nets that have one: ${Object.keys(nets).join(', ')}`],
      fix: 'look at its gradient with --grad, or name another net.',
    });
  return makeNet(name, { inChannels: channels, classes, width, depth });
}

const stepOf = (net: Net, { batch, channels, size }: NetOptions): TrainStep =>
  trainStep({
    net,
    optimizer: adam(),
    x: f32(batch, channels, size, size),
    target: i32(batch, size, size),
    loss: (logits, target) => crossEntropy(logits, target as Tensor<Shape, 'i32'>),
  });

function versionsOf(name: string, options: NetOptions): readonly Version[] {
  const both = [
    { name: 'prediction', graph: netGraph(name, { ...options, grad: false }).graph },
    { name: 'loss and gradients', graph: netGraph(name, { ...options, grad: true }).graph },
  ];
  if (!Object.hasOwn(nets, name)) return both;
  const net = trained(name, options);
  const x = f32(options.batch, options.channels, options.size, options.size);
  // Which scopes are worth it differs from net to net.
  const again = [1, 2, 3].map((depth): Version & { readonly peak: number } => {
    const { graph } = stepOf(recomputed(net, x, depth), options);
    return { name: `step, scopes of depth ${depth} computed anew`, graph, peak: compiledMemoryOf(graph).peak };
  });
  return [
    ...both,
    { name: 'step of training (Adam)', graph: stepOf(net, options).graph },
    again.reduce((least, one) => (one.peak < least.peak ? one : least)),
  ];
}
