import type { Broadcast, BroadcastTo } from '../../src/ops/types/broadcast.ts';
import type { ConcatShape, StackShape } from '../../src/ops/types/concat-shape.ts';
import type { ConvShape } from '../../src/ops/types/conv-shape.ts';
import type { ConvTransposeShape } from '../../src/ops/types/conv-transpose-shape.ts';
import type { MatmulShape } from '../../src/ops/types/matmul-shape.ts';
import type { PadShape } from '../../src/ops/types/pad-shape.ts';
import type { PoolShape } from '../../src/ops/types/pool-shape.ts';
import type { ReduceShape } from '../../src/ops/types/reduce-shape.ts';
import type { ReshapeShape } from '../../src/ops/types/reshape-shape.ts';
import type { ResizeShape } from '../../src/ops/types/resize-shape.ts';
import type { SliceShape } from '../../src/ops/types/slice-shape.ts';
import type { TargetShape } from '../../src/ops/types/target-shape.ts';
import type { TransposeShape } from '../../src/ops/types/transpose-shape.ts';
import type { Equal, Expect } from './equal.ts';

type N = number;
type Any = readonly number[];
type Of<S extends readonly number[]> = { readonly shape: S };

export type Broadcasting = Expect<
  [
    Equal<Broadcast<[2, 3], [2, 3]>, [2, 3]>,
    Equal<Broadcast<[2, 3], []>, [2, 3]>,
    Equal<Broadcast<[], [2, 3]>, [2, 3]>,
    Equal<Broadcast<[4, 1, 3], [5, 1]>, [4, 5, 3]>,
    Equal<Broadcast<[3], [4, 1]>, [4, 3]>,
    Equal<Broadcast<[2, 3], [2, 4]>, 'broadcast/shapes: [2,3] and [2,4] do not broadcast: 3 against 4'>,
    Equal<Broadcast<[N, 3], [2, 4]>, 'broadcast/shapes: [?,3] and [2,4] do not broadcast: 3 against 4'>,
    Equal<Broadcast<[N, 3], [2, 1]>, [2, 3]>,
    Equal<Broadcast<[N, 3], [1, 3]>, [N, 3]>,
    Equal<Broadcast<[N], [N]>, [N]>,
    Equal<Broadcast<Any, [2]>, Any>,
    Equal<Broadcast<[2 | 3], [2]>, [2]>,
    Equal<BroadcastTo<[3, 1], [2, 3, 4]>, [2, 3, 4]>,
    Equal<BroadcastTo<[3, 2], [2, 3, 4]>, 'broadcast/target: [3,2] does not broadcast to [2,3,4]'>,
    Equal<BroadcastTo<[3, 2, 1], [2, 1]>, 'broadcast/target: [3,2,1] does not broadcast to [2,1]'>,
    Equal<BroadcastTo<[2, 3], [2, 1]>, 'broadcast/target: [2,3] does not broadcast to [2,1]'>,
    Equal<BroadcastTo<[N, 3], [2, 3]>, [2, 3]>,
    Equal<BroadcastTo<Any, [2, 3]>, [2, 3]>,
    Equal<BroadcastTo<[2], Any>, Any>,
  ]
>;

export type Convolution = Expect<
  [
    Equal<ConvShape<2, [8, 1, 64, 64], [16, 1, 3, 3], 1, 1>, [8, 16, 64, 64]>,
    Equal<ConvShape<2, [8, 1, 64, 64], [16, 1, 3, 3]>, [8, 16, 62, 62]>,
    Equal<ConvShape<2, [8, 1, 224, 224], [16, 1, 7, 7], 2, 3>, [8, 16, 112, 112]>,
    Equal<ConvShape<2, [8, 1, 65, 64], [16, 1, 3, 3], readonly [2, 1], readonly [1, 0]>, [8, 16, 33, 62]>,
    Equal<ConvShape<2, [8, 1, 9, 9], [16, 1, 3, 3], 2, readonly [readonly [0, 1], readonly [1, 1]]>, [8, 16, 4, 5]>,
    Equal<ConvShape<2, [8, 1, 9, 9], [16, 1, 3, 3], 2, readonly [readonly [-1, 0], 0]>, [8, 16, 3, 4]>,
    Equal<ConvShape<2, [8, 1, 9, 10], [16, 1, 3, 3], 2, 'same-upper'>, [8, 16, 5, 5]>,
    Equal<ConvShape<2, [8, 1, 9, 10], [16, 1, 3, 3], 1, 'full'>, [8, 16, 11, 12]>,
    Equal<ConvShape<1, [8, 4, 20], [6, 2, 3], 1, 0, 4, 2>, [8, 6, 12]>,
    Equal<ConvShape<3, [1, 2, 8, 8, 8], [4, 2, 1, 3, 5]>, [1, 4, 8, 6, 4]>,
    Equal<ConvShape<2, [N, 1, 64, N], [16, 1, 3, 3], 1, 1>, [N, 16, 64, N]>,
    Equal<ConvShape<2, [8, 1, 64, 64], [16, 1, 3, 3], N, 1>, [8, 16, N, N]>,
    Equal<ConvShape<2, [8, 1, 64, 64], [16, 1, 3, 3], 1, N | Any>, [8, 16, N, N]>,
    Equal<ConvShape<2, [8, N, 64, 64], [16, 1, 3, 3], 1, 1>, [8, 16, 64, 64]>,
    Equal<ConvShape<2, [8, 3, 64, 64], [16, 1, 3, 3], 1, 1, 1, N>, [8, 16, 64, 64]>,
    Equal<ConvShape<2, Any, [16, 1, 3, 3]>, Any>,
    Equal<ConvShape<2, [8, 3, 64, 64], [16, 4, 3, 3]>, 'conv/channels: w reads 4 channels × 1 group = 4; x has 3'>,
    Equal<
      ConvShape<2, [N, 3, 64, N], [16, 4, 3, 3], 1, 1, 1, 2>,
      'conv/channels: w reads 4 channels × 2 groups = 8; x has 3'
    >,
    Equal<
      ConvShape<2, [8, 4, 64, 64], [15, 2, 3, 3], 1, 1, 1, 2>,
      'conv/groups: 15 output channels cannot be split into 2 groups'
    >,
    Equal<
      ConvShape<2, [8, 4, 64, 5], [15, 4, 3, 3], 1, 0, 3>,
      'conv/window: no window fits along spatial axis 1: it spans 7, x with its padding 5'
    >,
    Equal<ConvShape<2, [8, 4, 64], [15, 4, 3, 3]>, 'conv/rank: x is [8,4,64] and w is [15,4,3,3]; both need rank 4'>,
  ]
>;

export type TransposedConvolution = Expect<
  [
    Equal<ConvTransposeShape<2, [8, 32, 16, 16], [32, 16, 2, 2], 2>, [8, 16, 32, 32]>,
    Equal<ConvTransposeShape<2, [8, 32, 112, 7], [32, 16, 3, 3], 2, 1, 1>, [8, 16, 224, 14]>,
    Equal<ConvTransposeShape<1, [8, 32, 5], [32, 4, 3], 2, 0, 0, 2, 4>, [8, 16, 13]>,
    Equal<ConvTransposeShape<2, [8, 32, N, 16], [32, 16, 2, 2], 2>, [8, 16, N, 32]>,
    Equal<
      ConvTransposeShape<2, [8, 32, 4, 4], [16, 16, 2, 2]>,
      'conv-transpose/channels: w takes 16 channels; x has 32'
    >,
    Equal<
      ConvTransposeShape<2, [8, 32, 1, 4], [32, 16, 2, 2], 1, 1>,
      'conv-transpose/window: nothing is left along spatial axis 0: 1 elements make a result of 0'
    >,
  ]
>;

export type Pooling = Expect<
  [
    Equal<PoolShape<2, [8, 16, 64, 64], 2>, [8, 16, 32, 32]>,
    Equal<PoolShape<2, [8, 16, 65, 64], readonly [2, 4]>, [8, 16, 32, 16]>,
    Equal<PoolShape<2, [8, 16, 65, 64], 2, 2, 0, 1, true>, [8, 16, 33, 32]>,
    Equal<PoolShape<1, [1, 1, 5], 2, 3, 1, 1, true>, [1, 1, 2]>,
    Equal<PoolShape<2, [8, 16, 64, 64], 3, 2, 1>, [8, 16, 32, 32]>,
    Equal<PoolShape<2, [8, 16, 64, N], 3, 2, 1>, [8, 16, 32, N]>,
    Equal<PoolShape<2, Any, 3>, Any>,
    Equal<
      PoolShape<2, [8, 16, 1, 4], 2>,
      'pool/window: no window fits along spatial axis 0: it spans 2, x with its padding 1'
    >,
  ]
>;

export type Resizing = Expect<
  [
    Equal<ResizeShape<2, [8, 16, 32, 32], undefined, 2>, [8, 16, 64, 64]>,
    Equal<ResizeShape<2, [8, 16, 33, 32], undefined, 0.5>, [8, 16, 16, 16]>,
    Equal<ResizeShape<2, [8, 16, 33, 32], undefined, readonly [2, 1.5]>, [8, 16, 66, 48]>,
    Equal<ResizeShape<2, [8, 16, 33, N], readonly [7, 5], undefined>, [8, 16, 7, 5]>,
    Equal<ResizeShape<2, [8, 16, 33, N], undefined, 2>, [8, 16, 66, N]>,
    Equal<
      ResizeShape<2, [8, 16, 1, 8], undefined, 0.5>,
      'resize/size: 1 elements along spatial axis 0 scaled by 0.5 leave nothing'
    >,
  ]
>;

export type Joining = Expect<
  [
    Equal<ConcatShape<readonly [Of<[8, 16, 32]>, Of<[8, 24, 32]>], 1>, [8, 40, 32]>,
    Equal<ConcatShape<readonly [Of<[8, 16]>, Of<[8, 24]>, Of<[8, 2]>], -1>, [8, 42]>,
    Equal<ConcatShape<readonly [Of<[8, 16]>, Of<[N, N]>], 1>, [8, N]>,
    Equal<ConcatShape<readonly [Of<[8, 16]>, Of<Any>], 1>, Any>,
    Equal<ConcatShape<readonly Of<[8, 16]>[], 1>, [N, N]>,
    Equal<
      ConcatShape<readonly [Of<[8, 16, 32, 32]>, Of<[8, 24, 31, 32]>], 1>,
      'concat/sizes: tensors 0 and 1 are [8,16,32,32] and [8,24,31,32]: they differ on axis 2, 32 against 31, and are joined on axis 1'
    >,
    Equal<
      ConcatShape<readonly [Of<[8, 16]>, Of<[8]>], 1>,
      'concat/rank: tensors 0 and 1 are [8,16] and [8]: they differ in rank'
    >,
    Equal<ConcatShape<readonly [Of<[8, 16]>, Of<[8, 3]>], 2>, 'axes/range: [8,16] has no axis 2'>,
    Equal<StackShape<readonly [Of<[8, 16]>, Of<[8, 16]>, Of<[8, 16]>], 1>, [8, 3, 16]>,
    Equal<StackShape<readonly [Of<[8, 16]>, Of<[8, 16]>], -1>, [8, 16, 2]>,
    Equal<
      StackShape<readonly [Of<[8]>, Of<[9]>], 0>,
      'stack/shapes: tensors 0 and 1 are [8] and [9]: stacking needs equal shapes'
    >,
  ]
>;

export type Moving = Expect<
  [
    Equal<ReshapeShape<[2, 6], readonly [3, 4]>, [3, 4]>,
    Equal<ReshapeShape<[8, 64, 64, 64], readonly [8, -1]>, [8, 262144]>,
    Equal<ReshapeShape<[2, 6], readonly [-1]>, [12]>,
    Equal<ReshapeShape<[N, 6], readonly [-1, 3]>, [N, 3]>,
    Equal<ReshapeShape<[N, 6], readonly [4, 3]>, [4, 3]>,
    Equal<ReshapeShape<Any, readonly [4, -1]>, [4, N]>,
    Equal<ReshapeShape<[], readonly [1, 1]>, [1, 1]>,
    Equal<ReshapeShape<[2, 6], Any>, Any>,
    Equal<ReshapeShape<[2, 6], readonly [5, 3]>, 'reshape/size: [2,6] has 12 elements, [5,3] has 15'>,
    Equal<
      ReshapeShape<[2, 6], readonly [5, -1]>,
      'reshape/rest: [2,6] has 12 elements, not a multiple of the other sizes of [5,-1]'
    >,
    Equal<TransposeShape<[2, 3, 4], readonly [2, 0, 1]>, [4, 2, 3]>,
    Equal<TransposeShape<[2, 3, 4]>, [4, 3, 2]>,
    Equal<TransposeShape<[2, N, 4], readonly [1, 0, 2]>, [N, 2, 4]>,
    Equal<TransposeShape<[2, 3], readonly [0, 0]>, 'transpose/permutation: [0,0] does not permute the axes of [2,3]'>,
    Equal<
      TransposeShape<[2, 3], readonly [1, 0, 2]>,
      'transpose/permutation: [1,0,2] does not permute the axes of [2,3]'
    >,
    Equal<SliceShape<[8, 10], readonly [0, 1], readonly [4, 10]>, [4, 9]>,
    Equal<SliceShape<[8, 10], readonly [0, 1], readonly [4, 10], readonly [1, 2]>, [4, 5]>,
    Equal<SliceShape<[8, N], readonly [0, 1], readonly [4, 10]>, [4, 9]>,
    Equal<SliceShape<[8, 10], Any, Any>, [N, N]>,
    Equal<
      SliceShape<[8, 10], readonly [0, 1], readonly [4, 11]>,
      'slice/range: 1 to 11 is no range of the 10 elements along axis 1'
    >,
    Equal<
      SliceShape<[8, 10], readonly [0], readonly [4, 10]>,
      'slice/axes: [8,10] has rank 2, 1 values are given for starts'
    >,
    Equal<PadShape<[8, 10], readonly [readonly [0, 0], readonly [1, 2]]>, [8, 13]>,
    Equal<PadShape<[8, N], readonly [readonly [0, 1], readonly [1, 2]]>, [9, N]>,
    Equal<PadShape<[8, 10], readonly [readonly [0, 1]]>, 'pad/axes: [8,10] has rank 2, padding is given for 1 axes'>,
  ]
>;

export type Reducing = Expect<
  [
    Equal<ReduceShape<[2, 3, 4]>, []>,
    Equal<ReduceShape<[2, 3, 4], undefined, true>, [1, 1, 1]>,
    Equal<ReduceShape<[2, 3, 4], 1>, [2, 4]>,
    Equal<ReduceShape<[2, 3, 4], readonly [0, -1]>, [3]>,
    Equal<ReduceShape<[2, 3, 4], readonly [0, -1], true>, [1, 3, 1]>,
    Equal<ReduceShape<[2, N, 4], 0>, [N, 4]>,
    Equal<ReduceShape<[2, 3, 4], N>, Any>,
    Equal<ReduceShape<[2, 3, 4], readonly N[], true>, [N, N, N]>,
    Equal<ReduceShape<[2, 3, 4], readonly []>, [2, 3, 4]>,
    Equal<ReduceShape<Any, 0>, Any>,
    Equal<ReduceShape<[2, 3, 4], 3>, 'axes/range: [2,3,4] has no axis 3'>,
    Equal<ReduceShape<[2, 3, 4], -4>, 'axes/range: [2,3,4] has no axis -4'>,
    Equal<ReduceShape<[2, 3, 4], readonly [0, -3]>, 'axes/repeated: axes [0,-3] of [2,3,4] name one axis twice'>,
  ]
>;

export type Multiplying = Expect<
  [
    Equal<MatmulShape<[2, 3], [3, 4]>, [2, 4]>,
    Equal<MatmulShape<[5, 1, 2, 3], [7, 3, 4]>, [5, 7, 2, 4]>,
    Equal<MatmulShape<[N, 3], [N, 4]>, [N, 4]>,
    Equal<MatmulShape<Any, [3, 4]>, Any>,
    Equal<MatmulShape<[2, 3], [4, 5]>, 'matmul/inner: [2,3] and [4,5] do not multiply: rows of 3 meet columns of 4'>,
  ]
>;

export type Targets = Expect<
  [
    Equal<TargetShape<[8, 5, 64, 64], [8, 64, 64]>, [8, 64, 64]>,
    Equal<TargetShape<[8, N, 64, 64], [N, 64, 64]>, [N, 64, 64]>,
    Equal<
      TargetShape<[8, 5, 64, 64], [8, 64, 32]>,
      'target/shape: the target is [8,64,32]; logits [8,5,64,64] need [8,64,64]'
    >,
  ]
>;
