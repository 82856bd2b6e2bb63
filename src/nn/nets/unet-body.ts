import { CotangentError } from '../../graph/error.ts';
import { add, concat, maxPool2d } from '../../ops/index.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { heNormal } from '../initialisers/he.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import { convTransposeLayer } from '../layers/conv-transpose-layer.ts';
import type { Image } from '../layers/image.ts';
import { subPixelLayer } from '../layers/sub-pixel-layer.ts';
import { upsampleLayer } from '../layers/upsample-layer.ts';
import { checkEven, meet } from './meet.ts';
import type { UNetOptions } from './unet-options.ts';
import { unetImages } from './unet-shape.ts';

/** A part whose sizes are known at run time only. */
export type ImageLayer = Layer<(x: Image) => Image>;

/**
 * What all U-Nets do: stages on the way down, pooling between them, and on the way up, each joined to the features of its
 * level. `stage` makes those of a level, 1 being the largest and `depth` + 1 the bottleneck: images of `from` channels to
 * images of `to`, of the same size.
 */
export function unetBody(
  config: Required<UNetOptions>,
  stage: (from: number, to: number, level: number) => ImageLayer,
): ImageLayer {
  const { inChannels, classes, width, depth, skip, fit, dtype } = config;
  const channels = (level: number): number => width * 2 ** (level - 1);
  const levels = Array.from({ length: depth }, (_, i) => i + 1);
  const named = (name: string, make: (level: number) => ImageLayer): { [name: string]: ImageLayer } =>
    Object.fromEntries(levels.map((level) => [`${name}${level}`, make(level)]));
  const to = (from: number, level: number): ImageLayer => stage(from, channels(level), level);
  const parts = {
    ...named('down', (level) => to(level === 1 ? inChannels : channels(level - 1), level)),
    bottleneck: to(depth === 0 ? inChannels : channels(depth), depth + 1),
    ...named('expand', (level) => expand(channels(level + 1), channels(level), config)),
    ...named('up', (level) => to(skip === 'concat' ? 2 * channels(level) : channels(level), level)),
    head: convLayer({ in: width, out: classes, kernel: 1, initialise: glorotNormal(), dtype }) as ImageLayer,
  };
  return layer(parts, (l: { readonly [name: string]: (x: Image) => Image }) => (x: Image): Image => {
    checkImages(x, inChannels);
    if (fit === 'error') checkEven(x, depth);
    const skips: Image[] = [];
    let y = x;
    for (const level of levels) {
      y = l[`down${level}`]!(y);
      skips.push(y);
      y = maxPool2d(y, { kernel: 2 });
    }
    y = l.bottleneck!(y);
    for (const level of levels.toReversed()) {
      const met = meet(skips.pop()!, l[`expand${level}`]!(y), fit);
      y = l[`up${level}`]!(skip === 'concat' ? concat([met.up, met.skip], 1) : add(met.up, met.skip));
    }
    return l.head!(y);
  });
}

function expand(from: number, to: number, { up, dtype }: Required<UNetOptions>): ImageLayer {
  if (up === 'transposed') return convTransposeLayer({ in: from, out: to, kernel: 2, stride: 2, dtype }) as ImageLayer;
  if (up === 'sub-pixel') return subPixelLayer({ in: from, out: to, scale: 2, dtype }) as ImageLayer;
  const linear = heNormal({ slope: 1 });
  const conv = convLayer({ in: from, out: to, kernel: 3, padding: 1, initialise: linear, dtype });
  return layer(
    { resize: upsampleLayer({ scale: 2, mode: up }), conv },
    ({ resize, conv }) =>
      (x: Image) =>
        conv(resize(x)),
  );
}

function checkImages(x: Image, channels: number): void {
  if (x.shape.length === 4 && x.shape[1] === channels) return;
  throw new CotangentError({
    code: 'unet/images',
    summary: unetImages(x.shape, channels),
    fix: 'give images of that many channels, or make the net with another inChannels.',
  });
}
