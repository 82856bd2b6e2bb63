import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  antialiasDownsample,
  avgPool2d,
  constant,
  conv2d,
  deformConv2d,
  depthToSpace,
  fft2,
  maxPool2d,
  type Preset,
  type PresetName,
  preset,
  resize2d,
  sum,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const names: readonly PresetName[] = ['torch', 'onnx', 'tf', 'seed'];
const shared = new URL('../../../shared/conformance/', import.meta.url);
const there = existsSync(shared);
if (!there) console.log('skipped: ../shared/conformance is not there, so presets are held against literals only');

interface Values {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A function on one image. */
const run = (x: Values, f: (x: Tensor) => Tensor): readonly number[] => {
  const g = new GraphBuilder();
  return [...runGraph({ y: f(g.input('x', f64(...x.shape))) }, { x: array(f64(...x.shape), x.data) }).y.data];
};
const ramp = (...shape: number[]): Values => ({ shape, data: Array.from({ length: sizeOf(shape) }, (_, i) => i) });

/** Input and result of a case. */
function caseOf(
  suite: 'torch' | 'onnx',
  file: string,
  name: string,
): { readonly x: Values; readonly y: readonly number[] } {
  const cases: readonly { name: string; inputs: readonly Values[]; outputs: readonly Values[] }[] = JSON.parse(
    readFileSync(new URL(`${suite}/${file}.json`, shared), 'utf8'),
  );
  const { inputs, outputs } = cases.find((one) => one.name === name)!;
  return { x: inputs[0]!, y: outputs[0]!.data };
}

/** Which presets give these numbers. */
const agreeing = (
  x: Values,
  y: readonly number[],
  f: (x: Tensor, p: Preset) => Tensor,
  within = 1e-5,
): readonly string[] =>
  names.filter((name) => {
    const made = run(x, (t) => f(t, preset(name)));
    return (
      made.length === y.length &&
      made.every((value, i) => Math.abs(value - y[i]!) <= within * Math.max(1, Math.abs(y[i]!)))
    );
  });

const fullOf = (x: Tensor, shape: readonly number[], values: readonly number[]): Tensor =>
  constant(x.graph, { dtype: x.dtype, shape }, values);

type Golden = readonly [file: string, name: string, f: (x: Tensor, p: Preset) => Tensor, which: readonly PresetName[]];

describe.skipIf(!there)('cases that tell the frameworks apart', () => {
  const torch: readonly Golden[] = [
    [
      'avg_pool2d',
      'avg_pool2d_02_pad_include_k2x3_s1x2_p0x1_cF_iT_divNone',
      (x, p) => avgPool2d(x, { ...p.avgPool, kernel: [2, 3], stride: [1, 2], padding: [0, 1] }),
      ['torch', 'seed'],
    ],
    [
      'interpolate_nearest',
      'interpolate_nearest_00_nearest_5x7_to_5x12_up',
      (x, p) => resize2d(x, { ...p.nearest, size: [5, 12] }),
      ['torch'],
    ],
    [
      'interpolate_nearest',
      'interpolate_nearest_05_nearest-exact_6x2_to_9x6_up',
      (x, p) => resize2d(x, { ...p.nearest, size: [9, 6] }),
      ['tf'],
    ],
    [
      'interpolate_bilinear',
      'interpolate_bilinear_00_bilinear_5x4_to_7x6_up_acF',
      (x, p) => resize2d(x, { ...p.linear, size: [7, 6] }),
      ['torch', 'onnx', 'tf'],
    ],
    [
      'interpolate_bicubic',
      'interpolate_bicubic_00_bicubic_7x3_to_10x8_up_acF',
      (x, p) => resize2d(x, { ...p.cubic, size: [10, 8] }),
      ['torch', 'onnx'],
    ],
    [
      'interpolate_bicubic',
      'interpolate_bicubic_06_bicubic_8x7_to_1x5_down_acF_aa',
      (x, p) => resize2d(x, { ...p.cubicAntialias, size: [1, 5] }),
      ['torch', 'tf'],
    ],
    [
      'interpolate_bilinear',
      'interpolate_bilinear_06_bilinear_7x11_to_2x9_down_acF_aa',
      (x, p) => resize2d(x, { ...p.linearAntialias, size: [2, 9] }),
      ['torch', 'tf'],
    ],
    [
      'pixel_shuffle',
      'pixel_shuffle_00_u2_1x8x2x3',
      (x, p) => depthToSpace(x, { ...p.pixelShuffle, block: 2 }),
      ['torch'],
    ],
  ];
  it.each(torch)('PyTorch %s: %s', (file, name, f, which) => {
    const { x, y } = caseOf('torch', file, name);
    expect(agreeing(x, y, f, 1e-9)).toEqual(which);
  });

  const onnx: readonly Golden[] = [
    [
      'AveragePool',
      'test_averagepool_2d_pads',
      (x, p) => avgPool2d(x, { stride: 1, ...p.avgPool, kernel: 3, padding: 2 }),
      ['onnx', 'tf'],
    ],
    // ONNX's stride is 1 unless given; the others' the window.
    ['AveragePool', 'test_averagepool_2d_default', (x, p) => avgPool2d(x, { ...p.avgPool, kernel: 2 }), ['onnx']],
    ['MaxPool', 'test_maxpool_2d_default', (x, p) => maxPool2d(x, { ...p.maxPool, kernel: 2 }), ['onnx']],
    [
      'Resize',
      'test_resize_upsample_sizes_nearest',
      (x, p) => resize2d(x, { ...p.nearest, size: [7, 8] }),
      ['torch', 'onnx'],
    ],
    [
      'Resize',
      'test_resize_downsample_sizes_nearest_not_smaller',
      (x, p) => resize2d(x, { ...p.nearest, size: [2, 3] }),
      ['onnx', 'seed'],
    ],
    [
      'Resize',
      'test_resize_upsample_sizes_nearest_round_prefer_ceil_asymmetric',
      (x, p) => resize2d(x, { ...p.nearest, size: [8, 8] }),
      ['seed'],
    ],
    [
      'Resize',
      'test_resize_upsample_scales_cubic_A_n0p5_exclude_outside',
      (x, p) => resize2d(x, { ...p.cubic, scale: 2 }),
      ['tf'],
    ],
    [
      'Resize',
      'test_resize_downsample_sizes_cubic_antialias',
      (x, p) => resize2d(x, { ...p.cubicAntialias, size: [3, 3] }),
      ['onnx'],
    ],
    [
      'DepthToSpace',
      'test_depthtospace_example',
      (x, p) => depthToSpace(x, { ...p.depthToSpace, block: 2 }),
      ['onnx', 'tf'],
    ],
    [
      'DepthToSpace',
      'test_depthtospace_crd_mode_example',
      (x, p) => depthToSpace(x, { ...p.depthToSpace, block: 2 }),
      ['torch', 'seed'],
    ],
    [
      'AveragePool',
      'test_averagepool_2d_precomputed_same_upper',
      (x, p) => avgPool2d(x, { ...p.avgPool, ...p.same, kernel: 3, stride: 2 }),
      ['onnx', 'tf'],
    ],
  ];
  it.each(onnx)('ONNX %s: %s', (file, name, f, which) => {
    const { x, y } = caseOf('onnx', file, name);
    expect(agreeing(x, y, f)).toEqual(which);
  });
});

describe('the notes', () => {
  it('pool their two maps to [[4,4],[2,8]], and average over k² at borders too', () => {
    for (const data of [
      [3, 0, 4, 3, 4, 1, 2, 3, 1, 1, 8, 7, 2, 0, 6, 4],
      [1, 3, 0, 4, 2, 4, 1, 2, 1, 1, 1, 8, 1, 2, 0, 6],
    ])
      expect(run({ shape: [1, 1, 4, 4], data }, (x) => maxPool2d(x, { ...preset('seed').maxPool, kernel: 2 }))).toEqual(
        [4, 4, 2, 8],
      );
    const corner = { shape: [1, 1, 1, 1], data: [9] };
    const average = (x: Tensor, p: Preset) => avgPool2d(x, { ...p.avgPool, kernel: 3, stride: 1, padding: 1 });
    expect(agreeing(corner, [1], average)).toEqual(['torch', 'seed']);
    expect(agreeing(corner, [9], average)).toEqual(['onnx', 'tf']);
  });

  it('shuffle pixels by c·r² + r·(y mod r) + (x mod r), and put depth to space the other way', () => {
    // x is the first index, so rows take the channels 0, 2 and columns 0, 1: transposed against the second formula.
    const channels = ramp(1, 4, 1, 1);
    const shuffle = (x: Tensor, p: Preset) => depthToSpace(x, { ...p.pixelShuffle, block: 2 });
    const formula = [0, 1].flatMap((x) => [0, 1].map((y) => 2 * y + x));
    expect(run(channels, (x) => shuffle(x, preset('seed')))).toEqual(formula);
    const other = [0, 1].flatMap((x) => [0, 1].map((y) => 2 * x + y));
    expect(run(channels, (x) => depthToSpace(x, { ...preset('seed').depthToSpace, block: 2 }))).toEqual(other);
    // With one channel, depth first or channel first is the same.
    expect(agreeing(channels, formula, shuffle)).toEqual(['seed']);
  });

  it('take the pixel at round(x), interpolate from f(0) to f(1), and by the cubic of a = −0.5', () => {
    const line = { shape: [1, 1, 1, 4], data: [0, 1, 4, 9] };
    const size = [1, 8] as const;
    expect(run(line, (x) => resize2d(x, { ...preset('seed').nearest, size }))).toEqual([0, 1, 1, 4, 4, 9, 9, 9]);
    expect(run(line, (x) => resize2d(x, { ...preset('seed').linear, size })).slice(0, 6)).toEqual([
      0, 0.5, 1, 2.5, 4, 6.5,
    ]);
    // That cubic reproduces x² between the second and the last but one element; a = −0.75 does not.
    const at = (p: Preset) => run(line, (x) => resize2d(x, { ...p.cubic, coordinates: 'asymmetric', size }))[3];
    expect([at(preset('seed')), at(preset('torch'))]).toEqual([2.25, 2.125]);
  });

  it('pad by equal amounts or not at all, transform with 1/MN, shift by (x, y), blur by s/2π', () => {
    const same = (p: Preset, k: number) => {
      const g = new GraphBuilder();
      const x: Tensor = g.input('x', f64(1, 1, 5, 5));
      return conv2d(x, g.input('w', f64(1, 1, k, k)) as Tensor, p.same).shape;
    };
    expect(same(preset('seed'), 3)).toEqual([1, 1, 5, 5]);
    expect(() => same(preset('seed'), 2)).toThrow(/option\/fraction/);
    expect(same(preset('torch'), 2)).toEqual([1, 1, 5, 5]);

    const ones = { shape: [2, 3], data: [1, 1, 1, 1, 1, 1] };
    const spectrum = (x: Tensor, p: Preset) => fft2(x, p.fft).real;
    expect(agreeing(ones, [1, 0, 0, 0, 0, 0], spectrum)).toEqual(['seed']);
    expect(agreeing(ones, [6, 0, 0, 0, 0, 0], spectrum)).toEqual(['torch', 'onnx', 'tf']);

    const image = ramp(1, 1, 3, 3);
    const shifted = (x: Tensor, p: Preset) => {
      const offset = fullOf(x, [1, 2, 1, 1], [1, 0]);
      return deformConv2d(x, offset, fullOf(x, [1, 1, 1, 1], [1]), { ...p.deformConv, stride: 3 });
    };
    expect(agreeing(image, [1], shifted)).toEqual(['seed']);
    expect(agreeing(image, [3], shifted)).toEqual(['torch', 'onnx', 'tf']);

    const blurred = (p: Preset) => run(ramp(1, 1, 4, 4), (x) => antialiasDownsample(x, { ...p.antialias, factor: 2 }));
    expect(blurred(preset('seed'))).not.toEqual(blurred(preset('torch')));
  });
});

it('equal maxima give all of the gradient to the first, in every preset', () => {
  const shares = (x: Tensor, p: Preset) => grad(sum(maxPool2d(x, { ...p.maxPool, kernel: 2 })), x);
  expect(agreeing({ shape: [1, 1, 2, 2], data: [5, 5, 5, 5] }, [1, 0, 0, 0], shares)).toEqual(names);
});

it('presets are literals to the compiler, and other names are refused', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(1, 8, 6, 6));
  const pooled: Tensor<[1, 8, 4, 4], 'f64'> = avgPool2d(x, { ...preset('onnx').avgPool, kernel: 3 });
  const halved: Tensor<[1, 8, 3, 3], 'f64'> = conv2d(x, g.input('w', f64(8, 8, 3, 3)), {
    ...preset('tf').same,
    stride: 2,
  });
  expect([pooled.shape, halved.shape]).toEqual([
    [1, 8, 4, 4],
    [1, 8, 3, 3],
  ]);
  // @ts-expect-error no preset of that name
  expect(() => preset('caffe')).toThrow(/preset\/name/);
});
