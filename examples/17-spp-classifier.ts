// Spatial pyramid pooling: 50 numbers per channel of an image of any size, so one classifier reads all sizes (operators.md 18).
import { array, compile, crossEntropy, f32, GraphBuilder, i32, type Tensor, wasm } from 'cotangent';
import { adam, declareParameters, net, randomStream, sppClassifier, trainStep } from 'cotangent/nn';

/** Noisy stripes, lying (class 0) or standing (class 1). */
function stripes(seed: number, count: number, height: number, width: number) {
  const { uniform, normal } = randomStream(seed, `stripes ${height}×${width}`);
  const x = array(f32(count, 1, height, width));
  const target = array(i32(count));
  for (let n = 0; n < count; n++) {
    const [standing, wave, start] = [uniform() < 0.5 ? 0 : 1, 0.5 + 0.5 * uniform(), 6 * uniform()];
    target.data[n] = standing;
    for (let i = 0; i < height * width; i++) {
      const place = standing === 1 ? i % width : Math.floor(i / width);
      x.data[n * height * width + i] = Math.sin(wave * place + start) + 0.5 * normal();
    }
  }
  return { x, target };
}

const model = net('spp', {}, sppClassifier({ inChannels: 1, classes: 2, width: 4, depth: 1 }));
const [features] = model.parameterTypes['classify.w']!.shape.toSorted((a, b) => b - a);
console.log(`the last layer reads ${features} = 50·8 numbers, whatever the size`);

const sizes: readonly (readonly [number, number])[] = [
  [16, 16],
  [20, 12],
];
const steps = sizes.map(([h, w]) => {
  const loss = (scores: Tensor, target: Tensor) =>
    crossEntropy(scores as Tensor, target as Tensor<readonly [16], 'i32'>);
  return trainStep({ net: model, optimizer: adam(), x: f32(16, 1, h, w), target: i32(16), loss: loss as never });
});
// Both sizes train the same parameters and the same state of Adam, in turn.
const executables = steps.map(({ graph }) => compile(graph, { backend: wasm }));
let now = steps[0]!.initial(1);
for (let k = 0; k < 24; k++) {
  const executable = executables[k % 2]!;
  for (const [name, value] of Object.entries(now)) executable.write(name, value);
  executable.run({ ...stripes(k, 16, ...sizes[k % 2]!), learningRate: array(f32(), [0.01]) });
  now = Object.fromEntries(Object.keys(now).map((name) => [name, executable.read(name)]));
}
for (const executable of executables) executable.close();

for (const [h, w] of [...sizes, [27, 31] as const, [13, 40] as const]) {
  const { x, target } = stripes(100, 32, h, w);
  const g = new GraphBuilder();
  const scores = model.apply(g.input('x', f32(32, 1, h, w)), declareParameters(g, model.parameterTypes));
  const executable = compile(g.build({ scores }), { backend: wasm });
  for (const name of Object.keys(model.parameterTypes)) executable.write(name, now[name]!);
  const { data } = executable.run({ x }).scores!;
  executable.close();
  const right = target.data.filter((k, n) => data[2 * n + k]! > data[2 * n + 1 - k]!).length;
  console.log(`${h}×${w}: ${((100 * right) / 32).toFixed(0)} % right`);
}
