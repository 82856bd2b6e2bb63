import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32 } from '../../graph/type.ts';
import { type RandomStream, randomStream } from '../../nn/index.ts';

/** Samples per second. */
export const samplesPerSecond = 16_000;

/** The names of the two sources, in their order. */
export const sourceNames = ['voice', 'hiss'] as const;

/** Clips of two sources, both f32[clips, 2, samples], and what one microphone hears of them, f32[clips, 1, samples]. */
export interface Clips {
  readonly sources: NdArray;
  readonly mixture: NdArray;
}

/**
 * Random clips: a voice, which is a tone of 120 to 300 Hz with its overtones that sways in pitch, and hiss, which is bursts of noise
 * around 2.5 to 5.5 kHz. Both are about equally loud; where there is a burst their spectra overlap.
 */
export function drawClips(seed: number, name: string, clips: number, samples: number): Clips {
  const sources = array(f32(clips, 2, samples));
  const mixture = array(f32(clips, 1, samples));
  for (let n = 0; n < clips; n++) {
    const draw = randomStream(seed, `${name}/${n}`);
    const parts = [voice(draw, samples), hiss(draw, samples)];
    parts.forEach((part, k) => {
      sources.data.set(levelled(part), (2 * n + k) * samples);
    });
    for (let t = 0; t < samples; t++)
      mixture.data[n * samples + t] = sources.data[2 * n * samples + t]! + sources.data[(2 * n + 1) * samples + t]!;
  }
  return { sources, mixture };
}

function voice(draw: RandomStream, samples: number): Float64Array {
  const pitch = 120 + 180 * draw.uniform();
  const [sway, speed, start] = [0.03 * draw.uniform(), 4 + 3 * draw.uniform(), 2 * Math.PI * draw.uniform()];
  // Overtones up to about 1.8 kHz, the higher the fainter.
  const overtones = Array.from({ length: 6 }, (_, k) => ({
    strength: (0.4 + 0.6 * draw.uniform()) / (k + 1),
    phase: 2 * Math.PI * draw.uniform(),
  }));
  const sound = new Float64Array(samples);
  let phase = 2 * Math.PI * draw.uniform();
  for (let t = 0; t < samples; t++) {
    const now = t / samplesPerSecond;
    phase += ((2 * Math.PI * pitch) / samplesPerSecond) * (1 + sway * Math.sin(2 * Math.PI * speed * now + start));
    overtones.forEach(({ strength, phase: shift }, k) => {
      sound[t] = sound[t]! + strength * Math.sin((k + 1) * phase + shift);
    });
  }
  return sound;
}

function hiss(draw: RandomStream, samples: number): Float64Array {
  const [centre, width] = [2500 + 3000 * draw.uniform(), 0.9 + 0.06 * draw.uniform()];
  // A resonance: two poles at this angle and radius.
  const [a, b] = [2 * width * Math.cos((2 * Math.PI * centre) / samplesPerSecond), -width * width];
  const [period, share, start] = [0.03 + 0.05 * draw.uniform(), 0.5 + 0.3 * draw.uniform(), draw.uniform()];
  const sound = new Float64Array(samples);
  let [before, last] = [0, 0];
  for (let t = 0; t < samples; t++) {
    const next = a * last + b * before + draw.normal();
    [before, last] = [last, next];
    const place = (t / (period * samplesPerSecond) + start) % 1;
    // A burst swells and fades, and then there is silence.
    sound[t] = place < share ? next * Math.sin((Math.PI * place) / share) ** 2 : 0;
  }
  return sound;
}

/** The same sound, its root mean square 1. */
function levelled(sound: Float64Array): Float64Array {
  const power = sound.reduce((sum, value) => sum + value * value, 0) / sound.length;
  const factor = 1 / Math.sqrt(Math.max(power, 1e-12));
  return sound.map((value) => factor * value);
}
