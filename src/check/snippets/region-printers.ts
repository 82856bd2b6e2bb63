import { type CompositePrinters, list, python } from './printer.ts';

interface Region {
  readonly outputSize: readonly number[];
  readonly samplingRatio?: number;
  readonly aligned?: boolean;
}

const pooled = (name: string): CompositePrinters<Region> => ({
  pytorch: ({ outputSize, samplingRatio, aligned }) =>
    `vision.${name}(${['x', 'boxes', list(outputSize), ...(samplingRatio === undefined ? [] : ['1.0', samplingRatio]), ...(aligned === undefined ? [] : [python(aligned)])].join(', ')})`,
});

const deformConv2d: CompositePrinters<{
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}> = {
  cotangent: (attributes) => `deformConv2d(x, offset, w, { ...${JSON.stringify(attributes)}, mask })`,
  pytorch: ({ stride, padding, dilation }) =>
    `vision.deform_conv2d(x, offset, w, None, ${[stride, padding, dilation].map(list).join(', ')}, mask)`,
};

/** Pooling of regions, and deformable convolution. */
export const regionPrinters: { readonly [name: string]: CompositePrinters } = {
  roiAlign: pooled('roi_align'),
  roiPool: pooled('roi_pool'),
  psRoiAlign: pooled('ps_roi_align'),
  psRoiPool: pooled('ps_roi_pool'),
  deformConv2d,
};
