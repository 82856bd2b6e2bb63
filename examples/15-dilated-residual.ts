// Dilated residual nets: Y = ReLU(X + F(X, d)). Rates that only double leave holes in what a pixel sees (operators.md 57, 58).
import { f32, GraphBuilder } from 'cotangent';
import { griddingAdvice, receptiveField } from 'cotangent/analysis';
import { declareParameters, dilatedResidual, drn, drnDilations, layer, net } from 'cotangent/nn';
import { fitNet, shapesDataset } from 'cotangent/train';

for (const rates of ['doubled', 'hybrid'] as const) {
  const dilations = drnDilations(3, rates);
  const blocks = dilations.map((dilation) => dilatedResidual({ in: 4, out: 4, dilation }));
  const stack = net(
    'blocks',
    {},
    layer({ blocks }, (l) => (x: Parameters<(typeof l.blocks)[0]>[0]) => l.blocks.reduce((y, block) => block(y), x)),
  );
  const g = new GraphBuilder();
  const y = stack.apply(g.input('x', f32(1, 4, 96, 96)), declareParameters(g, stack.parameterTypes));
  const graph = g.build({ y });
  const { size, holes } = receptiveField(graph, { input: 'x' })[2]!;
  console.log(`${rates}, rates ${dilations.join(' ')}: sees ${size} rows, ${holes} of them not at all`);
  const advice = griddingAdvice(graph, { input: 'x' })[0];
  if (advice !== undefined && holes > 0)
    console.log(`without holes: ${advice.dilations.map(({ advised }) => advised).join(' ')}`);
}

const dataset = shapesDataset({ size: 32, classes: 3, count: 8, seed: 5 });
const small = drn({ inChannels: 3, classes: 3, width: 6, depth: 2, rates: 'hybrid' });
const fitted = fitNet(small, dataset, { steps: 40, batch: 2, crop: 32 });
const [first, last] = [fitted.losses[0]!, fitted.losses.at(-1)!];
console.log(`the loss falls from ${first.toFixed(2)} to ${last.toFixed(2)}: ${last < first}`);
fitted.close();
