// Sound: a few causal dilated convolutions remember a thousand samples, and never look ahead (operators.md 59).
import { array, compile, f32, GraphBuilder, mse, type Tensor, wasm } from 'cotangent';
import { receptiveField } from 'cotangent/analysis';
import {
  adam,
  audioNet,
  audioReach,
  causalDilated,
  declareParameters,
  net,
  randomStream,
  trainStep,
} from 'cotangent/nn';

const rates = Array.from({ length: 10 }, (_, k) => 2 ** k);
const ten = net('ten', {}, causalDilated({ in: 1, out: 1, kernel: 2, rates }));
const g = new GraphBuilder();
const heard = ten.apply(g.input('x', f32(1, 1, 4096)), declareParameters(g, ten.parameterTypes));
const { size } = receptiveField(g.build({ heard }), { input: 'x' })[2]!;
console.log(`ten layers of two taps hear ${size} samples, ${size / 16} ms of 16 000 a second`);

const sizes = { inChannels: 1, outputs: 2, width: 8, taps: 24, rates: [1, 2, 4, 8], depth: 1 } as const;
const model = audioNet(sizes);
const [clips, samples] = [4, 512] as const;

/** A low and a high tone of random pitch each, and what one microphone hears of both. */
function draw(seed: number) {
  const { uniform } = randomStream(seed, 'tones');
  const [x, target] = [array(f32(clips, 1, samples)), array(f32(clips, 2, samples))];
  for (let n = 0; n < clips; n++)
    for (const [k, lowest] of [0.05, 0.8].entries()) {
      const [pitch, start] = [lowest * (1 + uniform()), 6 * uniform()];
      for (let t = 0; t < samples; t++) {
        const tone = Math.sin(pitch * t + start);
        target.data[(2 * n + k) * samples + t] = tone;
        x.data[n * samples + t]! += tone;
      }
    }
  return { x, target };
}

type Sounds = Tensor<[4, 2, 512], 'f32'>;
const step = trainStep({
  net: model,
  optimizer: adam(),
  x: f32(clips, 1, samples),
  target: f32(clips, 2, samples),
  loss: (y, target) => mse(y as Sounds, target as Sounds),
});
const learning = compile(step.graph, { backend: wasm });
for (const [name, value] of Object.entries(step.initial(1))) learning.write(name, value);
for (let k = 0; k < 150; k++) learning.run({ ...draw(k), learningRate: array(f32(), [0.01]) });

const h = new GraphBuilder();
const apart = model.apply(h.input('x', f32(clips, 1, samples)), declareParameters(h, model.parameterTypes));
const listen = compile(h.build({ apart }), { backend: wasm });
for (const name of Object.keys(model.parameterTypes)) listen.write(name, learning.read(name));
learning.close();
const { x, target } = draw(1000);
const first = listen.run({ x }).apart!.data.slice();
const noise = first.map((value, i) => value - target.data[i]!);
const power = (values: ArrayLike<number>): number => Array.from(values, (v) => v * v).reduce((a, b) => a + b, 0);
const decibels = 10 * Math.log10(power(target.data) / power(noise));
console.log(`low and high apart: ${decibels.toFixed(1)} dB, from 0 dB in the mixture: ${decibels > 8}`);

// Another end of the sound changes nothing before it.
const cut = 300;
for (let n = 0; n < clips; n++) x.data.fill(1, n * samples + cut, (n + 1) * samples);
const second = listen.run({ x }).apart!.data;
const differs = second.findIndex((value, i) => value !== first[i]);
listen.close();
console.log(`the sound is another from sample ${cut} on, what is heard of it from ${differs} on`);
console.log(`each sample told depends on ${audioReach(sizes)} samples, its own the last`);
