import type { Tensor } from '../../../graph/tensor.ts';
import { refuse } from '../../refuse.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { channelParts, type ShuffleOrder } from './shuffle-order.ts';

/** How channels and blocks change places. */
export interface BlockOptions<Block extends PerAxis = PerAxis> {
  /** Elements of a block along every spatial axis. */
  readonly block: Block;
  /** Which channel stands where in a block; default `'crd'`. */
  readonly order?: ShuffleOrder;
}

/** Channels spread over blocks of space: every axis after axis `channel` gets `block` times as long. */
export function toSpace(x: Tensor, channel: number, options: BlockOptions): Tensor {
  const { lead, channels, spatial, block, parts, blocks } = partsOf(x, channel, options);
  if (channels % blocks !== 0)
    refuse(
      'shuffle/channels',
      { channels, blocks },
      `give x a multiple of ${blocks} channels, or choose another block.`,
    );
  const sizes = parts.map((part) => (part === 'channel' ? channels / blocks : block[part]!));
  const apart = reshape(x, [...lead, ...sizes, ...spatial]);
  const at = (part: (typeof parts)[number]): number => lead.length + parts.indexOf(part);
  const order = [
    ...lead.keys(),
    at('channel'),
    ...spatial.flatMap((_, axis) => [lead.length + parts.length + axis, at(axis)]),
  ];
  return reshape(transpose(apart, order), [...lead, channels / blocks, ...spatial.map((size, i) => size * block[i]!)]);
}

/** The way back: every place of a block becomes a channel. */
export function toDepth(x: Tensor, channel: number, options: BlockOptions): Tensor {
  const { lead, channels, spatial, block, parts, blocks } = partsOf(x, channel, options);
  const counts = spatial.map((size, axis) => {
    if (size % block[axis]! !== 0)
      refuse(
        'shuffle/size',
        { size, axis, block: block[axis]! },
        'pad or crop x to a multiple, or choose another block.',
      );
    return size / block[axis]!;
  });
  const apart = reshape(x, [...lead, channels, ...counts.flatMap((count, axis) => [count, block[axis]!])]);
  const order = [
    ...lead.keys(),
    ...parts.map((part) => lead.length + (part === 'channel' ? 0 : 2 + 2 * part)),
    ...counts.map((_, axis) => lead.length + 1 + 2 * axis),
  ];
  return reshape(transpose(apart, order), [...lead, channels * blocks, ...counts]);
}

function partsOf(x: Tensor, channel: number, { block: given, order = 'crd' }: BlockOptions) {
  const spatial = x.shape.slice(channel + 1);
  const block = perAxis('block', given, spatial.length);
  return {
    lead: x.shape.slice(0, channel),
    channels: x.shape[channel]!,
    spatial,
    block,
    parts: channelParts(order, spatial.length),
    blocks: block.reduce((a, b) => a * b, 1),
  };
}
