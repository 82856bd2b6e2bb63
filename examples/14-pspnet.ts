// PSPNet: means over grids of 1, 4, 9 and 36 cells tell every pixel what the whole image is about (operators.md 19).
import { conv2d, f32, GraphBuilder } from 'cotangent';
import { fieldOf } from 'cotangent/analysis';
import { declareParameters, net, psp, pspnet } from 'cotangent/nn';
import { fitNet, shapesDataset } from 'cotangent/train';

// What one element sees: nine pixels by a convolution, all by the pyramid.
const pyramid = net('pyramid', {}, psp({ in: 16 }));
const g = new GraphBuilder();
const features = g.input('features', f32(1, 16, 24, 24));
const graph = g.build({
  convolved: conv2d(features, g.parameter('w', f32(16, 16, 3, 3)), { padding: 1 }),
  pyramid: pyramid.apply(features, declareParameters(g, pyramid.parameterTypes)),
});
for (const output of ['convolved', 'pyramid']) {
  const seen = fieldOf(graph, { at: [0, -1, 12, 12], output, input: 'features' });
  console.log(`${output}: ${seen.data.subarray(0, 24 * 24).filter(Boolean).length} of ${24 * 24} pixels`);
}

// Without the 1×1 convolutions that the notes forget, channels are five times as many after every pyramid.
for (const reduce of [4, 'none'] as const) {
  const block = net('pyramid', {}, psp({ in: 16, reduce }));
  const h = new GraphBuilder();
  const y = block.apply(h.input('x', f32(1, 16, 24, 24)), declareParameters(h, block.parameterTypes));
  console.log(`grids reduced to ${reduce}: 16 channels become ${y.shape[1]}`);
}

const dataset = shapesDataset({ size: 32, classes: 3, count: 8, seed: 4 });
const small = pspnet({ inChannels: 3, classes: 3, width: 6, depth: 1 });
const fitted = fitNet(small, dataset, { steps: 40, batch: 2, crop: 32 });
const [first, last] = [fitted.losses[0]!, fitted.losses.at(-1)!];
console.log(`the loss falls from ${first.toFixed(2)} to ${last.toFixed(2)}: ${last < first}`);
fitted.close();
