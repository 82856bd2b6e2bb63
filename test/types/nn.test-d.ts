import { f32, f64, GraphBuilder, type Tensor } from 'cotangent';
import { convLayer, doubleConv, layer, net, unet } from 'cotangent/nn';
import type { UNetShape } from '../../src/nn/nets/unet-shape.ts';
import type { Equal, Expect } from './equal.ts';

type N = number;

export type Sizes = Expect<
  [
    Equal<UNetShape<[2, 1, 64, 48], 1, 3, 3, 'error'>, [2, 3, 64, 48]>,
    Equal<UNetShape<[2, 1, 65, 48], 1, 3, 3, 'pad'>, [2, 3, 65, 48]>,
    Equal<UNetShape<[2, 1, 65, 52], 1, 3, 3, 'crop'>, [2, 3, 64, 48]>,
    Equal<UNetShape<[2, 1, 7, 5], 1, 3, 0, 'error'>, [2, 3, 7, 5]>,
    Equal<UNetShape<[N, 1, N, 48], 1, N, 3, 'error'>, [N, N, N, 48]>,
    Equal<UNetShape<[2, 1, 65, 48], 1, 3, N, 'error'>, [2, 3, 65, 48]>,
    Equal<UNetShape<[2, 1, 65, 48], 1, 3, N, 'crop'>, [2, 3, N, N]>,
    Equal<UNetShape<readonly N[], 1, 3, 3, 'error'>, readonly N[]>,
    Equal<
      UNetShape<[2, 1, 64, 52], 1, 3, 3, 'error'>,
      'unet/skip: at level 3 the skip has size 13 along axis 3, what comes up to meet it 12'
    >,
    Equal<
      UNetShape<[2, 1, 65, 48], 1, 3, 3, 'error'>,
      'unet/skip: at level 1 the skip has size 65 along axis 2, what comes up to meet it 64'
    >,
    Equal<
      UNetShape<[2, 3, 64, 64], 1, 3, 3, 'error'>,
      'unet/images: x is [2,3,64,64]; images of 1 channels are [N,1,H,W]'
    >,
    Equal<UNetShape<[2, 64, 64], 1, 3, 3, 'error'>, 'unet/images: x is [2,64,64]; images of 1 channels are [N,1,H,W]'>,
  ]
>;

const g = new GraphBuilder();
const model = unet({ inChannels: 1, classes: 3, width: 4, depth: 3 });
export const scores: Tensor<[2, 3, 64, 48], 'f32'> = model.apply(g.input('x', f32(2, 1, 64, 48)), {});
const bound = unet({ inChannels: 1, classes: 3, depth: 1, fit: 'crop', dtype: 'f64' }).bind({});
export const cropped: Tensor<[2, 3, 6, 6], 'f64'> = bound(g.input('d', f64(2, 1, 7, 6)));
// @ts-expect-error unet/skip: at level 2 the skip has size 31 along axis 2, what comes up to meet it 30
model.apply(g.input('odd', f32(2, 1, 62, 48)), {});
// @ts-expect-error unet/images: x is [2,3,64,64]; images of 1 channels are [N,1,H,W]
model.apply(g.input('rgb', f32(2, 3, 64, 64)), {});
// @ts-expect-error f64 images for an f32 net
model.apply(g.input('wide', f64(2, 1, 64, 64)), {});
// @ts-expect-error a misspelt option
unet({ inChannels: 1, classes: 3, wdith: 4 });

// Nets of one's own: parts keep their literal signatures.
const block = layer(
  { a: doubleConv({ in: 1, out: 6 }), b: convLayer({ in: 6, out: 2, kernel: 3 }) },
  (l) =>
    ({
      both: (x: Tensor<readonly [4, 1, 16, 16], 'f32'>) => l.b(l.a(x)),
      // @ts-expect-error conv/channels: w reads 6 channels × 1 group = 6; x has 1
      wrong: (x: Tensor<readonly [4, 1, 16, 16], 'f32'>) => l.b(x),
    }).both,
);
export const own: Tensor<[4, 2, 14, 14], 'f32'> = net('own', {}, block).bind({})(g.input('own', f32(4, 1, 16, 16)));
// @ts-expect-error a misspelt option
convLayer({ in: 1, out: 6, kernel: 3, pading: 1 });
