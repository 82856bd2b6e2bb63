import { compiledMemoryOf } from '../../analysis/index.ts';
import { CotangentError } from '../../graph/error.ts';
import { f32 } from '../../graph/type.ts';
import { recomputed, type Subject, type Version } from '../../inspect/index.ts';
import { makeNet, type Net, nets } from '../../nn/index.ts';
import { netGraph } from '../net-graph.ts';
import type { NetSizeOptions } from '../net-size-options.ts';
import { netTraining } from '../net-training.ts';

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
  const sizes = `images of ${batch}×${channels}×${size}×${size}, ${classes} classes`;
  const versions = (): readonly Version[] => versionsOf(name, options);
  if (options.train === true) {
    const { graph, initial } = netTraining(trained(name, options), options);
    const facts = `${nets[name]!.summary}; ${sizes}`;
    return { name: `${name}, a step of training`, graph, values: initial(0), facts, versions };
  }
  const { summary, graph, values } = netGraph(name, options);
  const facts = `${summary}; ${sizes}`;
  return { name: options.grad === true ? `${name}, with its gradient` : name, graph, values, facts, versions };
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
    const { graph } = netTraining(recomputed(net, x, depth), options);
    return { name: `step, scopes of depth ${depth} computed anew`, graph, peak: compiledMemoryOf(graph).peak };
  });
  return [
    ...both,
    { name: 'step of training (Adam)', graph: netTraining(net, options).graph },
    again.reduce((least, one) => (one.peak < least.peak ? one : least)),
  ];
}
