import type { FunctionOptions } from '../../src/check/index.ts';
import type { FloatDType } from '../../src/graph/dtype.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import * as nn from '../../src/nn/index.ts';
import * as o from '../../src/ops/index.ts';

export type Image = Tensor<Shape, FloatDType>;
export type Values = { readonly [name: string]: Image };

/** A block at a small size, and the same written by hand from operators. */
export interface Example {
  readonly block: nn.Layer<(x: never) => Tensor>;
  readonly x: readonly number[];
  readonly y: readonly number[];
  hand(x: Image, p: Values): Tensor;
  /** Inputs that are not drawn by default. */
  readonly draw?: FunctionOptions['draw'] & object;
}

const dtype = 'f64';
const same = (k: number, d = 1) => {
  const pads = [Math.floor(((k - 1) * d) / 2), Math.ceil(((k - 1) * d) / 2)] as const;
  return [pads, pads] as const;
};
const conv = (x: Tensor, p: Values, name: string, options: { dilation?: number; stride?: number } = {}): Image => {
  const w = p[`${name}.w`]!;
  const bias = p[`${name}.b`];
  const padding = same(w.shape[2]!, options.dilation);
  return o.conv2d(x, w, { ...options, padding, ...(bias === undefined ? {} : { bias }) }) as Image;
};
const linear = { mode: 'linear', coordinates: 'half_pixel', antialias: true } as const;
const spread = (x: Tensor, like: Tensor) => o.add(o.mul(like, 0), x);

/** Offsets between whole positions, whatever the image. */
const betweenPixels = {
  'offset.w': { kind: 'range', low: -1 / 64, high: 1 / 64 },
  'offset.b': { kind: 'between' },
} as const;

/** Every block at a small size. */
export const examples: { readonly [name: string]: Example } = {
  'multiScaleConv, to the largest': {
    block: nn.multiScaleConv({ in: 2, out: 1, strides: [1, 2, 3], alignTo: 'largest', activate: false, dtype }),
    x: [1, 2, 5, 4],
    y: [1, 3, 5, 4],
    hand: (x, p) =>
      o.concat(
        [1, 2, 3].map((stride, k) => {
          const y = conv(x, p, `branches.${k}.conv`, { stride });
          return stride === 1 ? y : o.resize2d(y, { size: [5, 4], ...linear });
        }),
        1,
      ),
  },
  'multiScaleConv, to the smallest': {
    block: nn.multiScaleConv({
      in: 1,
      out: 2,
      strides: [2, 1],
      kernel: 2,
      alignTo: 'smallest',
      activate: false,
      dtype,
    }),
    x: [1, 1, 5, 6],
    y: [1, 4, 3, 3],
    hand: (x, p) =>
      o.concat(
        [
          conv(x, p, 'branches.0.conv', { stride: 2 }),
          o.resize2d(conv(x, p, 'branches.1.conv'), { size: [3, 3], ...linear }),
        ],
        1,
      ),
  },
  'multiScaleConv, to a size': {
    block: nn.multiScaleConv({
      in: 1,
      out: 1,
      strides: [1, 2],
      alignTo: [2, 7],
      mode: 'nearest',
      activate: false,
      dtype,
    }),
    x: [2, 1, 4, 3],
    y: [2, 2, 2, 7],
    hand: (x, p) =>
      o.concat(
        [1, 2].map((stride, k) =>
          o.resize2d(conv(x, p, `branches.${k}.conv`, { stride }), { size: [2, 7], mode: 'nearest' }),
        ),
        1,
      ),
  },
  learnedUpsample: {
    block: nn.learnedUpsampleLayer({ in: 2, out: 1, hidden: 3, scale: 2, dtype }),
    x: [1, 2, 2, 3],
    y: [1, 1, 4, 6],
    hand: (x, p) =>
      conv(o.resize2d(conv(x, p, 'before'), { scale: 2, mode: 'linear', coordinates: 'half_pixel' }), p, 'after'),
  },
  multiScaleContext: {
    block: nn.multiScaleContext({ in: 2, out: 1, activate: false, dtype }),
    x: [1, 2, 4, 5],
    y: [1, 4, 4, 5],
    hand: (x, p) =>
      o.concat(
        [1, 2, 4, 8].map((dilation, k) => conv(x, p, `branches.${k}.conv`, { dilation })),
        1,
      ),
  },
  'aspp, as the seeds have it': {
    block: nn.aspp({ in: 2, out: 1, preset: 'seed', rates: [1, 2], dtype }),
    x: [2, 2, 4, 3],
    y: [2, 3, 4, 3],
    hand: (x, p) => {
      const local = [1, 2].map((dilation, k) => conv(x, p, `branches.${k}.conv`, { dilation }));
      const image = conv(o.mean(x, { axes: [2, 3], keepDims: true }), p, 'image.conv');
      return o.concat([...local, spread(image, local[0]!)], 1);
    },
  },
  'aspp, as DeepLab has it': {
    block: nn.aspp({ in: 2, out: 2, rates: [1, 2, 3], dtype }),
    x: [1, 2, 3, 4],
    y: [1, 2, 3, 4],
    hand: (x, p) => {
      const local = [1, 2, 3].map((dilation, k) => o.relu(conv(x, p, `branches.${k}.conv`, { dilation })));
      const image = o.relu(conv(o.mean(x, { axes: [2, 3], keepDims: true }), p, 'image.conv'));
      return o.relu(conv(o.concat([...local, spread(image, local[0]!)], 1), p, 'project.conv'));
    },
  },
  psp: {
    block: nn.psp({ in: 4, bins: [1, 2], dtype }),
    x: [1, 4, 5, 4],
    y: [1, 8, 5, 4],
    hand: (x, p) => {
      const grid = (n: number, k: number) =>
        o.resize2d(o.relu(conv(o.adaptiveAvgPool2d(x, n), p, `branches.${k}.conv`)), { size: [5, 4], mode: 'linear' });
      return o.concat([x, grid(1, 0), grid(2, 1)], 1);
    },
  },
  'psp, not reduced': {
    block: nn.psp({ in: 1, bins: [2, 3], reduce: 'none', dtype }),
    x: [2, 1, 4, 6],
    y: [2, 3, 4, 6],
    hand: (x) =>
      o.concat([x, ...[2, 3].map((n) => o.resize2d(o.adaptiveAvgPool2d(x, n), { size: [4, 6], mode: 'linear' }))], 1),
  },
  spp: {
    block: nn.sppLayer({ levels: [1, 2], kind: 'avg' }),
    x: [2, 2, 5, 4],
    y: [2, 10],
    hand: (x) =>
      o.concat(
        [1, 2].map((n) => o.reshape(o.adaptiveAvgPool2d(x, n), [2, 2 * n * n])),
        1,
      ),
  },
  dilatedResidual: {
    block: nn.dilatedResidual({ in: 2, out: 2, dilation: 2, dtype }),
    x: [1, 2, 4, 3],
    y: [1, 2, 4, 3],
    hand: (x, p) =>
      o.add(x, conv(o.relu(conv(x, p, 'first.conv', { dilation: 2 })), p, 'second.conv', { dilation: 2 })),
  },
  'dilatedResidual, strided': {
    block: nn.dilatedResidual({ in: 2, out: 1, stride: 2, activate: true, dtype }),
    x: [1, 2, 5, 4],
    y: [1, 1, 3, 2],
    hand: (x, p) =>
      o.relu(
        o.add(
          o.conv2d(x, p['shortcut.w']!, { stride: 2 }),
          conv(o.relu(conv(x, p, 'first.conv', { stride: 2 })), p, 'second.conv'),
        ),
      ),
  },
  depthwiseSeparable: {
    block: nn.depthwiseSeparable({ in: 2, out: 3, kernel: [3, 2], stride: 2, padding: 1, multiplier: 2, dtype }),
    x: [1, 2, 5, 4],
    y: [1, 3, 3, 3],
    hand: (x, p) =>
      o.conv2d(o.conv2d(x, p.depthwise!, { groups: 2, stride: 2, padding: 1 }), p.pointwise!, { bias: p.b! }),
  },
  'depthwiseSeparable, fused': {
    block: nn.depthwiseSeparable({ in: 2, out: 1, kernel: 2, multiplier: 2, fused: true, bias: false, dtype }),
    x: [1, 2, 3, 4],
    y: [1, 1, 2, 3],
    hand: (x, p) => o.conv2d(o.conv2d(x, p.depthwise!, { groups: 2 }), p.pointwise!),
  },
  'depthwiseSeparable, ReLU and norm between': {
    block: nn.depthwiseSeparable({ in: 2, out: 1, kernel: 2, norm: 'batch', between: 'relu', dtype }),
    x: [2, 2, 3, 3],
    y: [2, 1, 2, 2],
    hand: (x, p) => {
      const apart = o.conv2d(x, p.depthwise!, { groups: 2 });
      const even = o.batchNorm(apart, { gamma: p['norm.gamma']!, beta: p['norm.beta']! });
      return o.conv2d(o.relu(even), p.pointwise!, { bias: p.b! });
    },
  },
  deformable: {
    draw: betweenPixels,
    block: nn.deformableBlock({ in: 2, out: 2, kernel: 2, offsetGroups: 2, stride: [1, 2], padding: 1, dtype }),
    x: [1, 2, 3, 4],
    y: [1, 2, 4, 3],
    hand: (x, p) => {
      const walk = { stride: [1, 2], padding: 1 };
      const offset = o.conv2d(x, p['offset.w']!, { ...walk, bias: p['offset.b']! });
      return o.deformConv2d(x, offset, p.w!, { ...walk, offsetGroups: 2, bias: p.b! });
    },
  },
  'deformable, modulated, x first': {
    draw: betweenPixels,
    block: nn.deformableBlock({ in: 1, out: 1, kernel: 2, modulated: true, offsetOrder: 'xy', bias: false, dtype }),
    x: [1, 1, 3, 4],
    y: [1, 1, 2, 3],
    hand: (x, p) => {
      const offset = o.conv2d(x, p['offset.w']!, { bias: p['offset.b']! });
      const mask = o.mul(o.sigmoid(o.conv2d(x, p['mask.w']!, { bias: p['mask.b']! })), 2);
      return o.deformConv2d(x, o.reshape(o.flip(o.reshape(offset, [1, 4, 2, 2, 3]), 2), [1, 8, 2, 3]), p.w!, { mask });
    },
  },
  hybridDilated: {
    block: nn.hybridDilated({ in: 1, out: 2, rates: [1, 2], dtype }),
    x: [1, 1, 4, 3],
    y: [1, 2, 4, 3],
    hand: (x, p) => o.relu(conv(o.relu(conv(x, p, 'stages.0.conv')), p, 'stages.1.conv', { dilation: 2 })),
  },
  denseDilated: {
    block: nn.denseDilated({ in: 2, growth: 1, rates: [1, 3], norm: 'group', dtype }),
    x: [1, 2, 4, 3],
    y: [1, 4, 4, 3],
    hand: (x, p) => {
      const unit = (y: Tensor, k: number, dilation: number) => {
        const made = conv(y, p, `stages.${k}.conv`, { dilation });
        const [gamma, beta] = [p[`stages.${k}.norm.gamma`]!, p[`stages.${k}.norm.beta`]!];
        return o.relu(o.groupNorm(made, { groups: 1, gamma, beta }));
      };
      const one = o.concat([x, unit(x, 0, 1)], 1);
      return o.concat([one, unit(one, 1, 3)], 1);
    },
  },
  mixedDilation: {
    block: nn.mixedDilation({ in: 4, out: 2, rates: [1, 3], dtype }),
    x: [1, 4, 3, 4],
    y: [1, 2, 3, 4],
    hand: (x, p) => {
      const part = (from: number, dilation: number) =>
        o.conv2d(
          o.slice(x, { starts: [0, from, 0, 0], limits: [1, from + 2, 3, 4] }),
          o.slice(p.depthwise!, { starts: [from, 0, 0, 0], limits: [from + 2, 1, 3, 3] }),
          { groups: 2, dilation, padding: dilation },
        );
      return o.conv2d(o.concat([part(0, 1), part(2, 3)], 1), p.pointwise!, { bias: p.b! });
    },
  },
  causalDilated: {
    block: nn.causalDilated({ in: 2, out: 1, rates: [1, 2], dtype }),
    x: [1, 2, 6],
    y: [1, 1, 6],
    hand: (x, p) => {
      const one = (y: Tensor, k: number, dilation: number) =>
        o.conv1d(
          o.pad(y, [
            [0, 0],
            [0, 0],
            [dilation, 0],
          ]),
          p[`stages.${k}.w`]!,
          { dilation, bias: p[`stages.${k}.b`]! },
        );
      return one(o.relu(one(x, 0, 1)), 1, 2);
    },
  },
};
