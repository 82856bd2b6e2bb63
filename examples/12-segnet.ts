// SegNet: what pooling took away comes back to where it was, by the positions of the maxima (operators.md 43, 77).
import { array, compile, f64, GraphBuilder, maxPoolWithIndices, maxUnpool2d } from 'cotangent';
import { segnet } from 'cotangent/nn';
import { fitNet, shapesDataset } from 'cotangent/train';

const g = new GraphBuilder();
const x = g.input('x', f64(1, 1, 4, 4));
const { values, indices } = maxPoolWithIndices(x, { kernel: 2 });
const back = compile(g.build({ y: maxUnpool2d(values, indices, { kernel: 2 }) }));
const { y } = back.run({ x: array(f64(1, 1, 4, 4), [3, 0, 4, 3, 4, 1, 2, 3, 1, 1, 8, 7, 2, 0, 6, 4]) });
for (let r = 0; r < 4; r++) console.log([...y!.data.subarray(4 * r, 4 * r + 4)].join(' '));

const dataset = shapesDataset({ size: 32, classes: 3, count: 8, seed: 2 });
const net = segnet({ inChannels: 3, classes: 3, width: 6, depth: 2 });
const fitted = fitNet(net, dataset, { steps: 40, batch: 2, crop: 32 });
const [first, last] = [fitted.losses[0]!, fitted.losses.at(-1)!];
console.log(`the loss falls from ${first.toFixed(2)} to ${last.toFixed(2)}: ${last < first}`);
fitted.close();
