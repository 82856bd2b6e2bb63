import { CotangentError } from '../graph/error.ts';
import { type Net, nets } from '../nn/index.ts';
import type { TrainConfig } from './config.ts';

/**
 * The net that a configuration names.
 *
 * @throws CotangentError `train/net` for an unknown name; and what the net itself refuses.
 */
export function netOf({ net }: Pick<TrainConfig, 'net'>, inChannels: number, classes: number): Net {
  if (!Object.hasOwn(nets, net.name))
    throw new CotangentError({
      code: 'train/net',
      summary: `there is no net '${net.name}'`,
      fix: `use one of: ${Object.keys(nets).join(', ')}.`,
    });
  return nets[net.name]!({ inChannels, classes, width: net.width, depth: net.depth, norm: net.norm });
}

/** Heights and widths that a net takes are multiples of this: each level halves them. */
export const multipleOf = ({ net }: Pick<TrainConfig, 'net'>): number => 2 ** net.depth;
