import { expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32, f64 } from '../../src/graph/type.ts';
import { siSnr } from '../../src/lab/audio/si-snr.ts';
import { drawClips } from '../../src/lab/audio/sources.ts';
import { evaluate } from '../../src/lab/evaluate.ts';
import { audioNet, audioReach, randomStream } from '../../src/nn/index.ts';

const backend = wasmWith({ threads: 1 });

it('the net hears so many samples as audioReach says, the last its own, and none that follows', () => {
  const options = { inChannels: 1, outputs: 1, width: 3, taps: 4, rates: [1, 3], depth: 2, dtype: 'f64' } as const;
  const net = audioNet(options);
  const reach = audioReach(options);
  expect(reach).toBe(4 + 2 * (1 + 3));
  const { normal } = randomStream(2, 'sound');
  // Weights and biases of which none silences a ReLU, so that whatever can be heard is.
  const parameters = Object.fromEntries(
    Object.entries(net.parameterTypes).map(([name, type]) => {
      const value = array(type);
      value.data.forEach((_, i) => {
        value.data[i] = 0.1 + Math.abs(normal());
      });
      return [name, value];
    }),
  );
  const sound = array(f64(1, 1, 40));
  sound.data.forEach((_, i) => {
    sound.data[i] = 1 + Math.abs(normal());
  });
  const heard = (x: typeof sound): number[] => [
    ...evaluate(backend, { x, ...parameters }, ({ x, ...values }) => ({ y: net.apply(x!, values) })).y!.data,
  ];
  const before = heard(sound);
  const at = 12;
  sound.data[at]! += 1;
  const after = heard(sound);
  const moved = before.flatMap((value, t) => (value === after[t] ? [] : [t]));
  expect(moved).toEqual(Array.from({ length: reach }, (_, k) => at + k));
});

it('si-snr knows neither loudness nor offset, and is what noise makes of it', () => {
  const { normal } = randomStream(1, 'noise');
  const truth = Array.from({ length: 20_000 }, () => normal());
  const noisy = truth.map((value) => value + 0.1 * normal());
  expect(siSnr(noisy, truth)).toBeGreaterThan(19.5);
  expect(siSnr(noisy, truth)).toBeLessThan(20.5);
  expect(
    siSnr(
      noisy.map((value) => 7 - 3 * value),
      truth,
    ),
  ).toBeCloseTo(siSnr(noisy, truth), 6);
});

it('clips are sums of two equally loud sources, and the same for the same seed', () => {
  const { sources, mixture } = drawClips(3, 'clips', 2, 800);
  expect(drawClips(3, 'clips', 2, 800).mixture.data).toEqual(mixture.data);
  expect(mixture.data).not.toEqual(drawClips(4, 'clips', 2, 800).mixture.data);
  expect(array(f32(2, 1, 800)).data.length).toBe(mixture.data.length);
  for (let n = 0; n < 2; n++)
    for (let t = 0; t < 800; t++)
      expect(mixture.data[n * 800 + t]).toBeCloseTo(
        sources.data[2 * n * 800 + t]! + sources.data[(2 * n + 1) * 800 + t]!,
        5,
      );
  for (let k = 0; k < 4; k++) {
    const power = Array.from(sources.data.subarray(k * 800, (k + 1) * 800)).reduce((sum, value) => sum + value ** 2, 0);
    expect(power / 800).toBeCloseTo(1, 5);
  }
});
