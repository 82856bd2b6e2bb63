// DeepLab: dilation in place of halving. The same weights and multiply-adds look further, at several scales (operators.md 48, 56).
import { conv2d, f32, GraphBuilder } from 'cotangent';
import { costOf, receptiveField } from 'cotangent/analysis';
import { aspp, deeplab, type Layer } from 'cotangent/nn';
import { fitNet, shapesDataset } from 'cotangent/train';

for (const dilation of [1, 2, 4, 8]) {
  const g = new GraphBuilder();
  const features = g.input('features', f32(1, 16, 32, 32));
  const graph = g.build({ y: conv2d(features, g.parameter('w', f32(16, 16, 3, 3)), { dilation, padding: dilation }) });
  const { size, holes } = receptiveField(graph, { input: 'features' })[2]!;
  // By the papers' formula, which counts taps on padding too.
  const { macs } = costOf(graph, { convention: 'formula' }).total;
  console.log(`rate ${dilation}: sees ${size}×${size}, ${holes} rows not read, ${macs} multiply-adds`);
}

// DeepLabv3's first branch is 1×1, and 1×1 convolutions project all; in the notes every branch is 3×3 and all are joined.
const count = (block: Layer): number =>
  Object.values(block.parameters).reduce((sum, { type }) => sum + type.shape.reduce((a, b) => a * b, 1), 0);
const ours = aspp({ in: 16, out: 8, preset: 'deeplab', rates: [1, 2, 4, 8] });
const notes = aspp({ in: 16, out: 8, preset: 'seed', rates: [1, 2, 4, 8] });
console.log(`parameters of the pyramid: ${count(ours)} by DeepLab, ${count(notes)} by the notes`);

const dataset = shapesDataset({ size: 32, classes: 3, count: 8, seed: 3 });
const net = deeplab({ inChannels: 3, classes: 3, width: 6, depth: 1, rates: [1, 2, 4] });
const fitted = fitNet(net, dataset, { steps: 40, batch: 2, crop: 32 });
const [first, last] = [fitted.losses[0]!, fitted.losses.at(-1)!];
console.log(`the loss falls from ${first.toFixed(2)} to ${last.toFixed(2)}: ${last < first}`);
fitted.close();
