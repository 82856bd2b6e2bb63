import { type CompositePrinters, list, python, tuple } from './printer.ts';

interface Resizing {
  readonly mode: 'nearest' | 'linear' | 'cubic';
  readonly coordinates: string;
  readonly size?: readonly number[];
  readonly scale?: readonly number[];
}

const torchModes = { nearest: 'nearest', linear: 'bilinear', cubic: 'bicubic' } as const;

const resize2d: CompositePrinters<Resizing> = {
  pytorch: ({ mode, coordinates, size, scale = [] }) => {
    const by = size === undefined ? `scale_factor=${list(scale)}` : `size=${list(size)}`;
    const corners = mode === 'nearest' ? '' : `, align_corners=${python(coordinates === 'align_corners')}`;
    return `F.interpolate(x, ${by}, mode='${torchModes[mode]}'${corners})`;
  },
  // jax has other places for nearest, and another cubic kernel.
  jax: ({ mode, coordinates, size }, { x }) =>
    mode === 'linear' && coordinates === 'half_pixel' && size !== undefined
      ? `jax.image.resize(x, ${tuple([...x!.shape.slice(0, 2), ...size])}, 'linear', antialias=False)`
      : undefined,
  tfjs: ({ mode, coordinates, size }) => {
    if (size === undefined || mode === 'cubic') return undefined;
    const call = mode === 'linear' ? 'resizeBilinear' : 'resizeNearestNeighbor';
    const flags = `${coordinates === 'align_corners'}, ${coordinates === 'half_pixel'}`;
    return `tf.transpose(tf.image.${call}(tf.transpose(x, [0, 2, 3, 1]), ${list(size)}, ${flags}), [0, 3, 1, 2])`;
  },
};

const gridSample: CompositePrinters<{
  readonly mode: string;
  readonly paddingMode: string;
  readonly alignCorners: boolean;
}> = {
  pytorch: ({ mode, paddingMode, alignCorners }) =>
    `F.grid_sample(x, grid, mode='${mode}', padding_mode='${paddingMode}', align_corners=${python(alignCorners)})`,
};

const maxUnpool2d: CompositePrinters<{ readonly kernel: readonly number[] }> = {
  cotangent: ({ kernel }) => `maxUnpool2d(x, indices, { kernel: ${list(kernel)}, onDuplicate: 'last' })`,
  pytorch: ({ kernel }) => `F.max_unpool2d(x, indices, ${list(kernel)})`,
};

/** Sampling at other positions, and putting maxima back. */
export const samplingPrinters: { readonly [name: string]: CompositePrinters } = { resize2d, gridSample, maxUnpool2d };
