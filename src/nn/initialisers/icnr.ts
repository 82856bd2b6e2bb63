import type { ShuffleOrder } from '../../ops/index.ts';
import { refuse } from '../../ops/refuse.ts';
import { heNormal } from './he.ts';
import type { Initialiser } from './initialiser.ts';

export interface IcnrOptions {
  /** Elements of a block, the product of its sides: so many channels in a row get one kernel. */
  readonly blocks: number;
  /** The order of the shuffle that follows; default `'crd'`. */
  readonly order?: ShuffleOrder;
  /** Where the kernels come from; default {@link heNormal} of gain 1. */
  readonly base?: Initialiser;
}

/**
 * Starts a convolution that is followed by `depthToSpace` with equal kernels for all channels of a block, so that what it
 * makes is at first a nearest-neighbour upsampling without checkerboard (Aitken et al. 2017; operators.md 39).
 *
 * @throws CotangentError `shuffle/channels` when the blocks do not divide the output channels.
 */
export const icnr =
  ({ blocks, order = 'crd', base = heNormal({ slope: 1 }) }: IcnrOptions): Initialiser =>
  (type, fan) => {
    const [outputs = 0, ...rest] = type.shape;
    if (outputs % blocks !== 0)
      refuse('shuffle/channels', { channels: outputs, blocks }, 'give the convolution a multiple of the block.');
    const kernels = outputs / blocks;
    const draw = base({ ...type, shape: [kernels, ...rest] }, { in: fan.in, out: fan.out / blocks });
    const inner = rest.reduce((a, b) => a * b, 1);
    const drawn = new Map<number, number>();
    let k = 0;
    return (random) => {
      const output = Math.floor(k / inner);
      const kernel = order === 'dcr' ? output % kernels : Math.floor(output / blocks);
      const place = kernel * inner + (k++ % inner);
      const value = drawn.get(place) ?? draw(random);
      drawn.set(place, value);
      return value;
    };
  };
