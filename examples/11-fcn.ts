// A fully convolutional net takes images of any size and gives scores of the same (operators.md 75).
import { compile, f32, GraphBuilder } from 'cotangent';
import { declareParameters, fcn } from 'cotangent/nn';
import { fitNet, shapesDataset } from 'cotangent/train';

const net = fcn({ inChannels: 3, classes: 3, stride: 8, width: 4, depth: 1 });
for (const [height, width] of [
  [64, 64],
  [37, 50],
] as const) {
  const g = new GraphBuilder();
  const scores = net.apply(g.input('x', f32(1, 3, height, width)), declareParameters(g, net.parameterTypes));
  console.log(`images of ${height}×${width} → scores [${scores.shape}]`);
  compile(g.build({ scores })).close();
}

const dataset = shapesDataset({ size: 48, classes: 3, count: 8, seed: 1 });
const fitted = fitNet(net, dataset, { steps: 40, batch: 2, crop: 48 });
const [first, last] = [fitted.losses[0]!, fitted.losses.at(-1)!];
console.log(`the loss falls from ${first.toFixed(2)} to ${last.toFixed(2)}: ${last < first}`);
console.log(`on its own data: pixels right ${(100 * fitted.score(dataset.samples).accuracy).toFixed(0)} %`);
fitted.close();
