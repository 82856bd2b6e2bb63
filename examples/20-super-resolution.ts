// Super-resolution: what three upsamplers start with, and what learning adds to interpolation (operators.md 39, 42, 78).
import { array, compile, f32, GraphBuilder, mse, resize2d, type Tensor, wasm } from 'cotangent';
import { checkerboardOf } from 'cotangent/analysis';
import * as nn from 'cotangent/nn';
import { shapesDataset } from 'cotangent/train';

// Flat images through freshly drawn upsamplers: whatever repeats with the stride was not in the image.
const initialise = nn.glorotNormal();
const upsamplers = {
  'transposed, 3×3 of stride 2': nn.convTransposeLayer({ in: 4, out: 3, kernel: 3, stride: 2, initialise }),
  'sub-pixel': nn.subPixelLayer({ in: 4, out: 3, scale: 2, initialise }),
  'resized, then convolved': nn.resizeConvLayer({ in: 4, out: 3, scale: 2, initialise }),
};
for (const [name, upsampler] of Object.entries(upsamplers)) {
  const up = nn.net('up', {}, upsampler as nn.Layer as nn.Layer<(x: nn.Scores) => nn.Scores>);
  const { score } = checkerboardOf((x) => up.apply(x, nn.declareParameters(x.graph, up.parameterTypes)), {
    type: f32(2, 4, 16, 16),
    period: 2,
    values: up.initialise(1),
  });
  console.log(`${name}: checkerboard ${score.toFixed(3)}`);
}

const [count, side] = [8, 32] as const;
type Images = Tensor<[8, 3, 32, 32], 'f32'>;
const large = f32(count, 3, side, side);
const small = f32(count, 3, side / 2, side / 2);
const g = new GraphBuilder();
const shrunk = resize2d(g.input('x', large), { scale: 0.5, mode: { cubic: -0.5 }, antialias: true });
const shrink = compile(g.build({ small: shrunk }), { backend: wasm });
const pairs = Array.from({ length: 9 }, (_, seed) => {
  const { samples } = shapesDataset({ size: side, classes: 4, count, seed });
  const target = array(
    large,
    samples.flatMap(({ image }) => [...image.data]),
  );
  return { x: shrink.run({ x: target }).small!, target };
});
shrink.close();
const held = pairs.pop()!;

const model = nn.superResolution({ inChannels: 3, width: 16, up: 'sub-pixel' });
const loss = (y: nn.Scores, target: Tensor) => mse(y as Images, target as Images);
const step = nn.trainStep({ net: model, optimizer: nn.adam(), x: small, target: large, loss });
const learning = compile(step.graph, { backend: wasm });
for (const [name, value] of Object.entries(step.initial(1))) learning.write(name, value);
const steps = 200;
const rate = nn.cosineSchedule({ learningRate: 0.004, steps });
for (let k = 0; k < steps; k++) learning.run({ ...pairs[k % 8]!, learningRate: array(f32(), [rate(k)]) });

const h = new GraphBuilder();
const [x, truth] = [h.input('x', small), h.input('target', large)];
const learnt = model.apply(x, nn.declareParameters(h, model.parameterTypes));
const bicubic = resize2d(x, { scale: 2, mode: { cubic: -0.5 } });
const judge = compile(h.build({ bicubic: mse(bicubic, truth), learnt: loss(learnt, truth) }), { backend: wasm });
for (const name of Object.keys(model.parameterTypes)) judge.write(name, learning.read(name));
const errors = judge.run(held);
for (const executable of [learning, judge]) executable.close();
const psnr = (name: string): number => -10 * Math.log10(errors[name]!.item());
console.log(`bicubic ${psnr('bicubic').toFixed(1)} dB, learnt ${psnr('learnt').toFixed(1)} dB`);
console.log(`learning gains more than a tenth of a decibel: ${psnr('learnt') > psnr('bicubic') + 0.1}`);
