// A deformable U-Net starts as the plain one and learns where to look, slower than what to look for (operators.md 68, 69).
import { array, compile, f64, GraphBuilder } from 'cotangent';
import { declareParameters, deformableUnet, type Net, randomStream, unet } from 'cotangent/nn';
import { fitNet, shapesDataset } from 'cotangent/train';

const size = { inChannels: 1, classes: 2, width: 4, depth: 2 } as const;
const plain: Net = unet({ ...size, fit: 'pad', dtype: 'f64' });
const bending: Net = deformableUnet({ ...size, dtype: 'f64' });
// Streams of random numbers go by names, so parameters of one name start alike in both.
const first = bending.initialise(1);
const { normal } = randomStream(2, 'image');
const x = array(f64(1, 1, 16, 16), Array.from({ length: 256 }, normal));
const [a, b] = [plain, bending].map((net) => {
  const g = new GraphBuilder();
  const executable = compile(
    g.build({ y: net.apply(g.input('x', f64(1, 1, 16, 16)), declareParameters(g, net.parameterTypes)) }),
  );
  for (const name of Object.keys(net.parameterTypes)) executable.write(name, first[name]!);
  return executable.run({ x }).y!;
}) as [typeof x, typeof x];
const apart = Math.max(...Array.from(a.data, (value, i) => Math.abs(value - b.data[i]!)));
console.log(`before training both nets say the same, up to rounding: ${apart < 1e-12}`);

const offsets = Object.entries(bending.parameterTypes).filter(([name]) => name.endsWith('.offset.w'));
for (const [name, { shape }] of offsets)
  console.log(`${name}: ${shape[0]} channels = 2·3², learning ${bending.learningRates![name]} times as fast`);

const dataset = shapesDataset({ size: 32, classes: 3, count: 8, seed: 6 });
const fitted = fitNet(deformableUnet({ inChannels: 3, classes: 3, width: 4, depth: 2 }), dataset, {
  steps: 40,
  batch: 2,
  crop: 32,
});
const moved = offsets.every(([name]) => fitted.parameters[name]!.data.some((value) => value !== 0));
console.log(`the loss falls: ${fitted.losses.at(-1)! < fitted.losses[0]!}; its windows bend: ${moved}`);
fitted.close();
