import type { GraphBuilder } from '../../graph/builder.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f32, type Type } from '../../graph/type.ts';
import { initialValues, parameterTypesOf } from '../initial-values.ts';
import type { Layer, Values } from '../layer.ts';
import type { NamedTensors } from '../optimisers/optimizer.ts';
import { audioNet } from './audio-net.ts';
import { autoencoder } from './autoencoder.ts';
import type { NetConfig } from './net-kind.ts';
import { roiHead } from './roi-head.ts';
import { sppClassifier } from './spp-classifier.ts';
import { styleFeatures } from './style-features.ts';
import { superResolution } from './super-resolution.ts';

/** What a net is applied to: so many images of that side, or sounds of as many samples as such an image has pixels. */
export interface FeedSizes {
  readonly batch: number;
  readonly channels: number;
  readonly size: number;
}

/** A net that makes something else than scores of pixels, ready to be put into a graph. */
export interface OtherNet {
  readonly parameterTypes: { readonly [name: string]: Type };
  initialise(seed: number): { readonly [name: string]: NdArray };
  /** Declares what the net reads and returns what it makes of it. */
  build(g: GraphBuilder, parameters: Values, sizes: FeedSizes): NamedTensors;
}

/** A kind of such nets. */
export interface OtherNetKind {
  /** What it is, in one line. */
  readonly summary: string;
  make(
    config: Pick<NetConfig, 'inChannels' | 'classes'> & { readonly width?: number; readonly depth?: number },
  ): OtherNet;
}

/** A net without a `Net` around it: what a layer makes of an image. */
function ofLayer(
  made: Layer,
  build: (call: (...inputs: Tensor[]) => unknown, g: GraphBuilder, sizes: FeedSizes) => NamedTensors,
): OtherNet {
  return {
    parameterTypes: parameterTypesOf(made),
    initialise: (seed) => initialValues(made, seed),
    build: (g, parameters, sizes) => build(made.bind(parameters) as (...inputs: Tensor[]) => unknown, g, sizes),
  };
}

const image = (g: GraphBuilder, { batch, channels, size }: FeedSizes): Tensor =>
  g.input('x', f32(batch, channels, size, size));

/** Nets that are no segmentation, by the name of the system of the laboratory that trains them; `nets` has those that are. */
export const otherNets: { readonly [name: string]: OtherNetKind } = {
  autoencoder: {
    summary: 'autoencoder: a pooling encoder, a decoder of transposed convolutions',
    make: ({ classes: _, ...config }) => {
      const net = autoencoder(config);
      return { ...net, build: (g, parameters, sizes) => ({ image: net.apply(image(g, sizes), parameters) }) };
    },
  },
  'super-resolution': {
    summary: 'super-resolution: convolutions, then a sub-pixel convolution',
    make: ({ classes: _, depth: __, ...config }) => {
      const net = superResolution(config);
      return { ...net, build: (g, parameters, sizes) => ({ image: net.apply(image(g, sizes), parameters) }) };
    },
  },
  audio: {
    summary: 'causal dilated convolutions along time: sounds told apart, sample by sample',
    make: ({ classes, ...config }) => {
      const net = audioNet({ ...config, outputs: classes });
      const sound = (g: GraphBuilder, { batch, channels, size }: FeedSizes): Tensor =>
        g.input('x', f32(batch, channels, size * size));
      return { ...net, build: (g, parameters, sizes) => ({ sources: net.apply(sound(g, sizes), parameters) }) };
    },
  },
  'spp-classifier': {
    summary: 'classifier of images of any size: spatial pyramid pooling before a linear layer',
    make: (config) =>
      ofLayer(sppClassifier(config) as Layer, (call, g, sizes) => ({ scores: call(image(g, sizes)) as Tensor })),
  },
  'roi-head': {
    summary: 'classifier of regions of feature maps, which moves their boxes',
    make: ({ inChannels, classes }) =>
      ofLayer(roiHead({ in: inChannels, classes }) as Layer, (call, g, sizes) => ({
        ...(call(image(g, sizes), g.input('boxes', f32(4 * sizes.batch, 5))) as NamedTensors),
      })),
  },
  'style-transfer': {
    summary: 'features before each ReLU, whose Gram matrices are the style of an image',
    make: ({ classes: _, ...config }) =>
      ofLayer(styleFeatures(config) as Layer, (call, g, sizes) => {
        const features = call(image(g, sizes)) as readonly Tensor[];
        return Object.fromEntries(features.map((tensor, k) => [`features${k + 1}`, tensor]));
      }),
  },
};
