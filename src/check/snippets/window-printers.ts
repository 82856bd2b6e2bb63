import { tfConv2d } from './conv-printers.ts';
import { type CompositePrinters, list, python, tuple } from './printer.ts';

interface ConvAttributes {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

interface PoolAttributes {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly ceil: boolean;
}

const both = (padding: readonly number[]): (readonly [number, number])[] => padding.map((p) => [p, p]);
const channelsLast = (call: string): string => `tf.transpose(${call}, [0, 3, 1, 2])`;

const conv2d: CompositePrinters<ConvAttributes> = {
  pytorch: ({ stride, padding, dilation, groups }) =>
    `F.conv2d(x, w, None, ${[stride, padding, dilation].map(list).join(', ')}, ${groups})`,
  jax: ({ stride, padding, dilation, groups }) =>
    `lax.conv_general_dilated(x, w, ${tuple(stride)}, ${list(both(padding).map(tuple))}, rhs_dilation=${tuple(dilation)}, feature_group_count=${groups})`,
  tfjs: ({ stride, padding, dilation, groups }) =>
    groups > 1 || (stride.some((s) => s > 1) && dilation.some((d) => d > 1))
      ? undefined
      : tfConv2d({ pads: both(padding), stride, dilation }),
};

const convTranspose2d: CompositePrinters<ConvAttributes & { readonly outputPadding: readonly number[] }> = {
  pytorch: ({ stride, padding, outputPadding, dilation, groups }) =>
    `F.conv_transpose2d(x, w, None, ${[stride, padding, outputPadding].map(list).join(', ')}, ${groups}, ${list(dilation)})`,
  jax: ({ stride, padding, outputPadding, dilation, groups }, { w }) => {
    if (groups > 1) return undefined;
    const pads = dilation.map((d, i) => {
      const around = d * (w!.shape[i + 2]! - 1) - padding[i]!;
      return tuple([around, around + outputPadding[i]!]);
    });
    return `lax.conv_general_dilated(x, jnp.flip(jnp.swapaxes(w, 0, 1), (2, 3)), (1, 1), ${list(pads)}, lhs_dilation=${tuple(stride)}, rhs_dilation=${tuple(dilation)})`;
  },
  tfjs: ({ stride, padding, outputPadding, dilation, groups }, { x, w }) => {
    if (groups > 1 || dilation.some((d) => d > 1) || outputPadding.some((d, i) => d >= stride[i]!)) return undefined;
    const size = stride.map(
      (s, i) => (x!.shape[i + 2]! - 1) * s - 2 * padding[i]! + w!.shape[i + 2]! + outputPadding[i]!,
    );
    // What falls off by padding is cut off again; tfjs cuts only in some forms.
    const whole = size.map((extent, i) => extent + 2 * padding[i]!);
    const call = `tf.conv2dTranspose(tf.transpose(x, [0, 2, 3, 1]), tf.transpose(w, [2, 3, 1, 0]), ${list([x!.shape[0]!, ...whole, w!.shape[1]!])}, ${list(stride)}, 'valid')`;
    return channelsLast(`tf.slice(${call}, ${list([0, ...padding, 0])}, ${list([-1, ...size, -1])})`);
  },
};

/** jax’s windows go over all axes; it knows no ceil. */
const jaxWindows = ({ kernel, stride, padding, ceil }: PoolAttributes): string | undefined =>
  ceil
    ? undefined
    : [tuple([1, 1, ...kernel]), tuple([1, 1, ...stride]), tuple([[0, 0], [0, 0], ...both(padding)].map(tuple))].join(
        ', ',
      );

const averages = (rank: 2 | 3): CompositePrinters<PoolAttributes & { readonly countIncludePad: boolean }> => ({
  pytorch: ({ kernel, stride, padding, ceil, countIncludePad }) =>
    `F.avg_pool${rank}d(x, ${[kernel, stride, padding].map(list).join(', ')}, ceil_mode=${python(ceil)}, count_include_pad=${python(countIncludePad)})`,
  jax: (attributes) => {
    const windows = jaxWindows(attributes);
    if (windows === undefined) return undefined;
    const count = attributes.countIncludePad
      ? `${attributes.kernel.reduce((a, b) => a * b)}`
      : `lax.reduce_window(jnp.ones_like(x), 0.0, lax.add, ${windows})`;
    return `lax.reduce_window(x, 0.0, lax.add, ${windows}) / ${count}`;
  },
  tfjs: ({ kernel, stride, padding, ceil, countIncludePad }) => {
    const padded = padding.some((p) => p > 0);
    if (rank !== 2 || ceil || new Set(padding).size > 1 || (padded && countIncludePad)) return undefined;
    return channelsLast(`tf.avgPool(tf.transpose(x, [0, 2, 3, 1]), ${list(kernel)}, ${list(stride)}, ${padding[0]})`);
  },
});

const maxima = (rank: 2 | 3): CompositePrinters<PoolAttributes & { readonly dilation: readonly number[] }> => ({
  pytorch: ({ kernel, stride, padding, ceil, dilation }) =>
    `F.max_pool${rank}d(x, ${[kernel, stride, padding].map(list).join(', ')}, ceil_mode=${python(ceil)}, dilation=${list(dilation)})`,
  jax: (attributes) => {
    const windows = jaxWindows(attributes);
    if (windows === undefined || attributes.dilation.some((d) => d > 1)) return undefined;
    return `lax.reduce_window(x, -jnp.inf, lax.max, ${windows})`;
  },
  tfjs: ({ kernel, stride, padding, ceil, dilation }) => {
    if (rank !== 2 || ceil || new Set(padding).size > 1 || dilation.some((d) => d > 1)) return undefined;
    return channelsLast(`tf.maxPool(tf.transpose(x, [0, 2, 3, 1]), ${list(kernel)}, ${list(stride)}, ${padding[0]})`);
  },
});

const jaxModes: { readonly [mode: string]: string } = {
  reflect: 'reflect',
  symmetric: 'symmetric',
  replicate: 'edge',
  circular: 'wrap',
};

const pad: CompositePrinters<{ readonly mode: string; readonly amounts: readonly (readonly [number, number])[] }> = {
  cotangent: ({ mode, amounts }) => `pad(x, ${JSON.stringify(amounts)}, { mode: '${mode}' })`,
  pytorch: ({ mode, amounts }) =>
    mode === 'symmetric' ? undefined : `F.pad(x, ${list(amounts.slice(2).toReversed().flat())}, mode='${mode}')`,
  jax: ({ mode, amounts }) => `jnp.pad(x, ${list(amounts.map(tuple))}, '${jaxModes[mode]}')`,
  tfjs: ({ mode, amounts }) =>
    mode === 'reflect' || mode === 'symmetric' ? `tf.mirrorPad(x, ${JSON.stringify(amounts)}, '${mode}')` : undefined,
};

/** Convolutions, poolings and borders. */
export const windowPrinters: { readonly [name: string]: CompositePrinters } = {
  conv2d,
  convTranspose2d,
  avgPool2d: averages(2),
  avgPool3d: averages(3),
  maxPool2d: maxima(2),
  maxPool3d: maxima(3),
  pad,
};
