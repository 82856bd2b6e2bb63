// Autoencoders: pooling down to half a number per pixel, and back by transposed convolutions, or to where maxima stood (operators.md 77).
import { array, compile, f32, GraphBuilder, mean, mse, square, type Tensor, wasm } from 'cotangent';
import { adam, autoencoder, cosineSchedule, declareParameters, type Net, trainStep } from 'cotangent/nn';
import { shapesDataset } from 'cotangent/train';

const [count, side] = [8, 32] as const;
const type = f32(count, 3, side, side);
type Images = Tensor<[8, 3, 32, 32], 'f32'>;
function images(seed: number) {
  const { samples } = shapesDataset({ size: side, classes: 4, count, seed });
  const values = samples.flatMap(({ image }) => [...image.data]);
  const grey = values.reduce((a, b) => a + b) / values.length;
  // About zero, so that nothing need learn the grey of all images first.
  return array(
    type,
    Float32Array.from(values, (value) => value - grey),
  );
}
const training = Array.from({ length: 8 }, (_, seed) => images(seed));
const held = images(100);

const steps = 120;
const rate = cosineSchedule({ learningRate: 0.01, steps });
const left: number[] = [];
for (const up of ['transposed', 'switches'] as const) {
  const model: Net = autoencoder({ inChannels: 3, width: 8, depth: 2, code: 8, up });
  const step = trainStep({
    net: model,
    optimizer: adam(),
    x: type,
    target: type,
    loss: (y, target) => mse(y as Images, target as Images),
  });
  const learning = compile(step.graph, { backend: wasm });
  for (const [name, value] of Object.entries(step.initial(1))) learning.write(name, value);
  for (let k = 0; k < steps; k++) {
    const x = training[k % training.length]!;
    learning.run({ x, target: x, learningRate: array(f32(), [rate(k)]) });
  }

  const g = new GraphBuilder();
  const x = g.input('x', type);
  const decoded = model.apply(x, declareParameters(g, model.parameterTypes)) as Images;
  const judge = compile(g.build({ error: mse(decoded, x), all: mean(square(x)) }), { backend: wasm });
  for (const name of Object.keys(model.parameterTypes)) judge.write(name, learning.read(name));
  const { error, all } = judge.run({ x: held });
  for (const executable of [learning, judge]) executable.close();
  left.push(error!.item() / all!.item());
  console.log(`${up}: ${(100 * left.at(-1)!).toFixed(1)} % of the variance of held-out scenes is lost`);
}
console.log(`less than a half: ${Math.max(...left) < 0.5}; less where positions are known: ${left[1]! < left[0]!}`);
