// Style transfer learns an image, not a net: content by features, style by their Gram matrices (operators.md 79).
import * as ct from 'cotangent';
import { adam, initialValues, randomStream, styleFeatures } from 'cotangent/nn';
import { shapesDataset } from 'cotangent/train';

const side = 24;
const type = ct.f32(1, 3, side, side);
// Of one brightness and contrast, so that content and style quarrel about structure alone.
function levelled(values: ArrayLike<number>): number[] {
  const mean = Array.from(values).reduce((a, b) => a + b) / values.length;
  const deviation = Math.hypot(...Array.from(values, (v) => v - mean)) / Math.sqrt(values.length);
  return Array.from(values, (v) => 0.5 + (0.2 * (v - mean)) / deviation);
}
const scene = shapesDataset({ size: side, classes: 4, count: 1, seed: 1 }).samples[0]!.image;
const content = ct.array(type, levelled(scene.data));
// Slanting stripes of another size: each Gram matrix is divided by its own number of places.
const [tall, wide] = [32, 20];
const style = ct.array(ct.f32(1, 3, tall, wide));
for (let i = 0; i < style.data.length; i++) {
  const [channel, y, x] = [Math.floor(i / (tall * wide)), Math.floor(i / wide) % tall, i % wide];
  style.data[i] = 0.5 + 0.28 * Math.sin((x + y * (1 + channel / 4)) / 1.5);
}

// A net of random weights, which stay as they are.
const net = styleFeatures({ inChannels: 3, width: 8, depth: 2 });
const weights = initialValues(net, 5);
type Image = ct.Tensor<readonly number[], 'f32'>;
const g = new ct.GraphBuilder();
function features(image: ct.Tensor): readonly Image[] {
  const values = Object.entries(weights).map(([name, value]) => [name, ct.constant(g, value, value.data)]);
  return net.bind(Object.fromEntries(values))(ct.mul(ct.sub(image, 0.5), 4) as Image);
}
const active = (layers: readonly Image[]): Image[] => layers.slice(0, 3).map((layer) => ct.relu(layer) as Image);

const image = g.parameter('image', type);
const seen = features(image);
// Content by features before their ReLU, style by features after it.
const contentLoss = ct.contentLoss(seen[2]!, features(ct.constant(g, type, content.data))[2]!);
const styleLoss = ct.styleLoss(active(seen), active(features(ct.constant(g, style, style.data))));

// E = α E_content + β E_style, of which the notes have neither α nor β.
const [alpha, beta] = [g.input('alpha', ct.f32()), g.input('beta', ct.f32())];
const loss = ct.add(ct.mul(contentLoss, alpha), ct.mul(styleLoss, beta)) as ct.Tensor<[], 'f32'>;
const { gradients } = ct.valueAndGrad(loss, { image });
const optimizer = adam({ betas: [0.9, 0.99] });
const state = Object.fromEntries(
  Object.entries(optimizer.stateTypes({ image: type })).map(([name, one]) => [name, g.state(name, one)]),
);
const learningRate = g.input('learningRate', ct.f32());
const next = optimizer.step({ parameters: { image }, gradients, state, learningRate });
const graph = g.build({ contentLoss, styleLoss }, { ...next.parameters, ...next.state });
const painter = ct.compile(graph, { backend: ct.wasm });

const { uniform } = randomStream(1, 'noise');
painter.write('image', ct.array(type, Array.from({ length: 3 * side * side }, uniform)));
for (const [name, value] of Object.entries(optimizer.initialState({ image: type }))) painter.write(name, value);
const scalar = (value: number) => ct.array(ct.f32(), [value]);
const run = (a: number, b: number, rate: number) => {
  const results = painter.run({ alpha: scalar(a), beta: scalar(b), learningRate: scalar(rate) });
  return { content: results.contentLoss!.item(), style: results.styleLoss!.item() };
};
const noise = run(0, 0, 0);
const steps = 500;
for (let k = 0; k < steps; k++)
  run(1 / noise.content, 1 / noise.style, 0.001 + 0.04 * (0.5 + 0.5 * Math.cos((Math.PI * k) / steps)));
const painted = run(0, 0, 0);
painter.close();
for (const part of ['content', 'style'] as const) {
  const times = noise[part] / painted[part];
  console.log(`${part}: ${times.toPrecision(3)} times less than noise: at least tenfold: ${times >= 10}`);
}
