// Programs that compile, with the types they get, and programs that do not.
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { DType, FloatDType } from '../../src/graph/dtype.ts';
import type { Shape } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { bool, f32, f64, i32 } from '../../src/graph/type.ts';
import * as o from '../../src/ops/index.ts';
import { type Equal, expectTypes } from './equal.ts';
import { labels, n, t } from './prelude.ts';

const g = new GraphBuilder();
const image = g.input('image', f32(8, 1, 64, 64));
const kernel = g.parameter('kernel', f32(16, 1, 3, 3));

const kept = o.conv2d(image, kernel, { padding: 1 });
const strided = o.conv2d(image, kernel, { stride: [2, 1], padding: [[0, 1], 1], dilation: 2 });
const same = o.conv2d(image, kernel, { stride: 2, padding: 'same-upper' });
const up = o.convTranspose2d(kept, g.parameter('up', f32(16, 4, 2, 2)), { stride: 2 });
const pooled = o.relu(o.maxPool2d(kept, { kernel: 2 }));
const resized = o.resize2d(pooled, { scale: 2, mode: 'linear' });
const joined = o.concat([resized, kept], 1);
const scores = o.softmax(joined, -3);
const means = o.mean(scores, { axes: [2, -1] });
expectTypes<
  [
    Equal<typeof image, Tensor<[8, 1, 64, 64], 'f32'>>,
    Equal<typeof kept, Tensor<[8, 16, 64, 64], 'f32'>>,
    Equal<(typeof strided)['shape'], [8, 16, 31, 62]>,
    Equal<(typeof same)['shape'], [8, 16, 32, 32]>,
    Equal<(typeof up)['shape'], [8, 4, 128, 128]>,
    Equal<typeof pooled, Tensor<[8, 16, 32, 32], 'f32'>>,
    Equal<(typeof resized)['shape'], [8, 16, 64, 64]>,
    Equal<typeof joined, Tensor<[8, 32, 64, 64], 'f32'>>,
    Equal<(typeof scores)['shape'], [8, 32, 64, 64]>,
    Equal<(typeof means)['shape'], [8, 32]>,
  ]
>();

const numberOf = o.add(image, 1);
const ofNumber = o.sub(1, image);
const mask = o.less(image, g.input('line', f32(64)));
const chosen = o.select(mask, image, 0);
const matrix = o.matmul(t(5, 2, 3), t(3, 4));
const positions = o.argmax(kept, 1);
const [first, second] = o.split(t(2, 6), [2, 4], 1);
const windows = o.maxPoolWithIndices(image, { kernel: 4 });
const perPlace = o.crossEntropy(t(2, 5, 8, 8), labels(2, 8, 8), { reduction: 'none' });
const one = o.crossEntropy(t(2, 5, 8, 8), t(2, 5, 8, 8));
const whole = o.sum(image);
expectTypes<
  [
    Equal<typeof numberOf, Tensor<[8, 1, 64, 64], 'f32'>>,
    Equal<typeof ofNumber, Tensor<[8, 1, 64, 64], 'f32'>>,
    Equal<typeof mask, Tensor<[8, 1, 64, 64], 'bool'>>,
    Equal<typeof chosen, Tensor<[8, 1, 64, 64], 'f32'>>,
    Equal<(typeof matrix)['shape'], [5, 2, 4]>,
    Equal<typeof positions, Tensor<[8, 64, 64], 'i32'>>,
    Equal<[(typeof first)['shape'], (typeof second)['shape']], [[2, 2], [2, 4]]>,
    Equal<typeof windows.indices, Tensor<[8, 1, 16, 16], 'i32'>>,
    Equal<(typeof perPlace)['shape'], [2, 8, 8]>,
    Equal<(typeof one)['shape'], []>,
    Equal<typeof whole, Tensor<[], 'f32'>>,
  ]
>();

// Sizes, ranks and dtypes that only run time knows are taken on trust, and what is known stays known.
const open = t(n(8), 1, n(64), 64);
const plain: Tensor = image;
const floats: Tensor<Shape, FloatDType> = image;
const opened = o.conv2d(open, t(16, 1, 3, 3), { padding: 1 });
const trusted = o.add(o.conv2d(plain, kernel), image);
const options: o.ConvOptions = {};
const chosenLater = o.conv2d(image, kernel, options);
const lists: readonly Tensor<[2, 3], 'f32'>[] = [];
const listed = o.concat(lists, 0);
const axes: readonly number[] = [0];
const meanOver = o.mean(image, { axes });
const keptFloats = o.mul(floats, floats);
expectTypes<
  [
    Equal<(typeof opened)['shape'], [number, 16, number, 64]>,
    Equal<(typeof trusted)['shape'], Shape>,
    Equal<(typeof chosenLater)['shape'], [8, 16, number, number]>,
    Equal<(typeof listed)['shape'], [number, number]>,
    Equal<(typeof meanOver)['shape'], Shape>,
    Equal<(typeof keptFloats)['dtype'], FloatDType>,
  ]
>();

// Generic code: operands of the same generic shape meet; numbers leave it as it is.
export const scaled = <S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> => o.mul(o.relu(x), 2);
export const squared = <S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<Shape, D> => o.mul(x, x);
export const convolved = <X extends Shape, W extends Shape>(x: Tensor<X, 'f32'>, w: Tensor<W, 'f32'>): Tensor =>
  o.conv2d(x, w, { padding: 1 });

// The type that a result should have does not decide what it is.
// @ts-expect-error the sum is [2,1]
export const wished: Tensor<[2, 3]> = o.add(t(2, 1), 1);
// @ts-expect-error without a permutation all axes are reversed
export const turned: Tensor<[2, 3]> = o.transpose(t(2, 3));
// @ts-expect-error the result is [1,1,4,4]
export const guessed: Tensor<[1, 1, 2, 2]> = o.maxPool2d(t(1, 1, 8, 8), { kernel: 2 });

// Wrong options and dtypes.
// @ts-expect-error a misspelt option
o.conv2d(image, kernel, { padding: 1, strides: 2 });
// @ts-expect-error no such padding
o.conv2d(image, kernel, { padding: 'same' });
// @ts-expect-error dtypes f32 and f64 differ
o.add(image, t(64));
// @ts-expect-error dtypes f32 and f64 differ
o.conv2d(image, t(16, 1, 3, 3));
// @ts-expect-error a mask is not a float tensor
o.avgPool2d(g.input('mask', bool(1, 1, 4, 4)), { kernel: 2 });
// @ts-expect-error a U-Net skip of the wrong size
o.concat([o.resize2d(o.maxPool2d(t(1, 8, 63, 63), { kernel: 2 }), { scale: 2, mode: 'nearest' }), t(1, 8, 63, 63)], 1);
// @ts-expect-error x is read only
image.shape = [8, 1, 64, 64];

// Shapes written out by hand are what functions take and return.
export function net(x: Tensor<[8, 1, 64, 64], 'f64'>, w: Tensor<[4, 1, 3, 3], 'f64'>): Tensor<[8, 4, 32, 32], 'f64'> {
  return o.maxPool2d(o.relu(o.conv2d(x, w, { padding: 1 })), { kernel: 2 });
}
export const called: Tensor<[8, 4, 32, 32]> = net(g.input('x', f64(8, 1, 64, 64)), g.input('w', f64(4, 1, 3, 3)));
export const fromConst: Tensor<readonly [2, 3], 'i32'> = o.constant(g, i32(2, 3), [1, 2, 3, 4, 5, 6]);
