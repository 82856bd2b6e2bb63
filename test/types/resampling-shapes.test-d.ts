import { f32, f64, GraphBuilder, type Tensor } from 'cotangent';
import { learnedUpsampleLayer, resizeConvLayer, subPixelLayer } from 'cotangent/nn';
import {
  antialiasDownsample,
  blurPool,
  depthToSpace,
  gaussianBlur,
  pixelShuffle,
  resize,
  resize2d,
} from 'cotangent/ops';
import type { BlurShape } from '../../src/ops/types/blur-shape.ts';
import type { ResizeAxesShape } from '../../src/ops/types/resize-shape.ts';
import type {
  DepthToSpaceShape,
  PixelShuffleShape,
  PixelUnshuffleShape,
  SpaceToDepthShape,
} from '../../src/ops/types/shuffle-shape.ts';
import { type Equal, type Expect, expectTypes } from './equal.ts';

type N = number;
type Any = readonly number[];

export type Axes = Expect<
  [
    Equal<ResizeAxesShape<[2, 3, 4, 5], [3, 2], [8, 7], undefined>, [2, 3, 7, 8]>,
    Equal<ResizeAxesShape<[2, 3, 4, 5], [-1], undefined, 1.5>, [2, 3, 4, 7]>,
    Equal<ResizeAxesShape<[2, 3, 4, 5], [0, 1], undefined, [2, 3]>, [4, 9, 4, 5]>,
    Equal<ResizeAxesShape<[2, 3, 4, 5], [2], N, undefined>, [2, 3, N, 5]>,
    Equal<ResizeAxesShape<[2, 3, 4, 5], Any, 3, undefined>, [N, N, N, N]>,
    Equal<ResizeAxesShape<Any, [2], 3, undefined>, Any>,
    Equal<ResizeAxesShape<[2, 3], [2], 3, undefined>, 'axes/range: [2,3] has no axis 2'>,
    Equal<ResizeAxesShape<[2, 3], [1, -1], 3, undefined>, 'axes/repeated: axes [1,-1] of [2,3] name one axis twice'>,
    Equal<
      ResizeAxesShape<[2, 3], [1], undefined, 0.25>,
      'resize/size: 3 elements along spatial axis 0 scaled by 0.25 leave nothing'
    >,
  ]
>;

export type Shuffles = Expect<
  [
    Equal<DepthToSpaceShape<[2, 8, 3, 4], 2>, [2, 2, 6, 8]>,
    Equal<DepthToSpaceShape<[2, 12, 3, 4, 5], [1, 2, 3]>, [2, 2, 3, 8, 15]>,
    Equal<DepthToSpaceShape<[N, 6, 5], 3>, [N, 2, 15]>,
    Equal<DepthToSpaceShape<[2, N, 3, 4], 2>, [2, N, 6, 8]>,
    Equal<DepthToSpaceShape<[2, 8, 3, 4], N>, [2, N, N, N]>,
    Equal<DepthToSpaceShape<Any, 2>, Any>,
    Equal<
      DepthToSpaceShape<[2, 6, 3, 4], 2>,
      'shuffle/channels: 6 channels are no multiple of 4, the elements of a block'
    >,
    Equal<DepthToSpaceShape<[2, 6], 2>, 'shuffle/rank: x is [2,6]; it needs rank 3 or more'>,
    Equal<SpaceToDepthShape<[2, 2, 6, 8], 2>, [2, 8, 3, 4]>,
    Equal<SpaceToDepthShape<[2, 2, 6, N], [3, 1]>, [2, 6, 2, N]>,
    Equal<SpaceToDepthShape<[2, 2, 6, 7], 2>, 'shuffle/size: 7 elements along spatial axis 1 are no multiple of 2'>,
    Equal<PixelShuffleShape<[4, 1, 2], 2>, [1, 2, 4]>,
    Equal<PixelShuffleShape<[5, 3, 18, 1, 2], 3>, [5, 3, 2, 3, 6]>,
    Equal<
      PixelShuffleShape<[3, 1, 2], 2>,
      'shuffle/channels: 3 channels are no multiple of 4, the elements of a block'
    >,
    Equal<PixelUnshuffleShape<[5, 2, 6, 4], 2>, [5, 8, 3, 2]>,
    Equal<PixelUnshuffleShape<[2, 4], 2>, 'shuffle/rank: x is [2,4]; it needs rank 3 or more'>,
  ]
>;

export type Blurs = Expect<
  [
    Equal<BlurShape<[2, 3, 5, 8], 2>, [2, 3, 3, 4]>,
    Equal<BlurShape<[2, 3, 5, 8], [3, 1]>, [2, 3, 2, 8]>,
    Equal<BlurShape<[2, 3, 5], N>, [2, 3, N]>,
    Equal<BlurShape<Any, 2>, Any>,
    Equal<BlurShape<[2, 3], 2>, 'blur/rank: x is [2,3]; it needs rank 3 or more'>,
  ]
>;

const g = new GraphBuilder();
const x = g.input('x', f64(2, 8, 6, 5));

// One front door per line; a wrong size is a compile error.
const made = {
  any: resize(x, { axes: [3, 2], size: [7, 9], mode: { cubic: -0.5 }, antialias: true }),
  kept: resize2d(x, { size: [7, 9], mode: 'lanczos', keepAspect: 'not_larger' }),
  wide: depthToSpace(x, { block: [2, 1], order: 'dcr' }),
  shuffled: pixelShuffle(x, 2),
  blurred: gaussianBlur(x, { sigma: 1 }),
  pooled: blurPool(x),
  down: antialiasDownsample(x, { factor: [2, 3], rule: 'seed' }),
};
expectTypes<
  [
    Equal<(typeof made.any)['shape'], [2, 8, 9, 7]>,
    Equal<(typeof made.kept)['shape'], [2, 8, N, N]>,
    Equal<(typeof made.wide)['shape'], [2, 4, 12, 5]>,
    Equal<(typeof made.shuffled)['shape'], [2, 2, 12, 10]>,
    Equal<(typeof made.blurred)['shape'], [2, 8, 6, 5]>,
    Equal<(typeof made.pooled)['shape'], [2, 8, 3, 3]>,
    Equal<(typeof made.down)['shape'], [2, 8, 3, 2]>,
  ]
>();
// @ts-expect-error shuffle/channels: 8 channels are no multiple of 9, the elements of a block
pixelShuffle(x, 3);
// @ts-expect-error axes/range: [2,8,6,5] has no axis 4
resize(x, { axes: [4], size: 2, mode: 'linear' });
// @ts-expect-error no such mode
resize2d(x, { size: 2, mode: 'sharp' });

const image = g.input('image', f32(1, 3, 5, 6));
const up: Tensor<[1, 4, 10, 18], 'f32'> = subPixelLayer({ in: 3, out: 4, scale: [2, 3] }).bind({})(image);
export const half: Tensor<[1, 2, 5, 9], 'f32'> = resizeConvLayer({ in: 4, out: 2, scale: 0.5 }).bind({})(up);
export const learned: Tensor<[1, 7, 10, 12], 'f32'> = learnedUpsampleLayer({ in: 3, out: 7, scale: 2 }).bind({})(image);
// @ts-expect-error conv/channels: w reads 4 channels × 1 group = 4; x has 3
resizeConvLayer({ in: 4, out: 2, scale: 2 }).bind({})(image);
