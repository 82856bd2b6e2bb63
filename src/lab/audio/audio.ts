import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32 } from '../../graph/type.ts';
import { audioNet, audioReach, type Net, randomStream } from '../../nn/index.ts';
import { mse } from '../../ops/index.ts';
import { applyNet } from '../apply-net.ts';
import { drawBatches } from '../draw-batches.ts';
import { sheet } from '../sheet.ts';
import type { LabOptions, LabResult, System } from '../system.ts';
import { type Taught, teach } from '../teach.ts';
import { siSnr } from './si-snr.ts';
import { spectrogram, waveform } from './sound-images.ts';
import { type Clips, drawClips, samplesPerSecond, sourceNames } from './sources.ts';

const batch = 8;
/** Samples of a clip to learn from, and of one that is held out: of any length, since the net is a convolution. */
const [short, long] = [1536, 8000];
const heldOut = 12;
const size = { inChannels: 1, outputs: 2, width: 16, taps: 32, rates: [1, 2, 4, 8, 16, 32], depth: 2 } as const;

export const audio: System = {
  name: 'audio',
  title: 'Causal dilated convolution on sound',
  checklist: [59],
  about:
    'A causal net of dilated convolutions at 16 000 samples a second hears a voice and bursts of hiss in one microphone, and tells both ' +
    'apart sample by sample. What it says of a sample never changes with what comes later.',
  run,
};

async function run(lab: LabOptions): Promise<LabResult> {
  const { seed, effort, backend } = lab;
  const net: Net = audioNet(size);
  const training = drawClips(seed, 'training', Math.max(batch, Math.round(200 * Math.min(1, effort))), short);
  const held = drawClips(seed, 'held out', heldOut, long);
  const taught = await teach(lab, {
    what: 'steps',
    net,
    x: f32(batch, 1, short),
    target: f32(batch, 2, short),
    steps: Math.max(2, Math.round(350 * effort)),
    learningRate: 0.005,
    loss: (estimate, truth) => mse(estimate, truth as typeof estimate),
    batch: drawBatches(seed, { x: training.mixture, target: training.sources }, batch),
  });
  const listen = (x: NdArray): NdArray => applyNet(backend, net, taught.parameters, x);
  const estimates = listen(held.mixture);
  const [voice, hiss] = sourceNames.map((_, k) => scores(held, estimates, k));
  const change = changed(held.mixture, seed);
  const after = listen(change.mixture);
  const reach = audioReach(size);
  return result({
    lab,
    held,
    estimates,
    taught,
    scores: [voice!, hiss!],
    reach,
    causal: compare(estimates, after, change.from),
  });
}

interface Found {
  readonly lab: LabOptions;
  readonly held: Clips;
  readonly estimates: NdArray;
  readonly taught: Taught;
  readonly scores: readonly { readonly before: number; readonly after: number }[];
  readonly reach: number;
  readonly causal: { readonly early: number; readonly late: number; readonly from: number };
}

function result({ lab, held, estimates, taught, scores, reach, causal }: Found): LabResult {
  const milliseconds = (samples: number): string => `${((1000 * samples) / samplesPerSecond).toFixed(1)} ms`;
  const clip = (of: NdArray, channel: number): ArrayLike<number> =>
    of.data.subarray(channel * long, (channel + 1) * long);
  const sounds = [clip(held.mixture, 0), ...[0, 1].flatMap((k) => [clip(held.sources, k), clip(estimates, k)])];
  return {
    claims: [
      ...sourceNames.map((name, k) => ({
        text: `${name} is heard ${(scores[k]!.after - scores[k]!.before).toFixed(1)} dB better than in the mixture (SI-SNR; at least 5)`,
        holds: scores[k]!.after - scores[k]!.before >= 5,
      })),
      {
        text: `causal to the bit: with all samples from ${milliseconds(causal.from)} on replaced, ${causal.early} results before that change and ${causal.late} after it`,
        holds: causal.early === 0 && causal.late > 0,
      },
    ],
    tables: [
      {
        title: `${heldOut} held-out clips of ${milliseconds(long)}; means of the SI-SNR in dB`,
        head: ['source', 'in the mixture', 'separated', 'gain'],
        rows: sourceNames.map((name, k) => [
          name,
          scores[k]!.before,
          scores[k]!.after,
          scores[k]!.after - scores[k]!.before,
        ]),
      },
      {
        title: 'The net',
        head: ['samples a second', 'receptive field in samples', 'in time', 'ms per step of training'],
        rows: [[samplesPerSecond, reach, milliseconds(reach), taught.millisecondsPerStep]],
      },
    ],
    curves: [
      {
        title: 'Training',
        x: 'step',
        y: 'mean square error',
        logarithmic: true,
        lines: [{ name: 'loss', points: taught.losses }],
      },
    ],
    pictures: [
      {
        name: 'waveforms',
        caption: 'A held-out clip: the mixture; the voice, true and separated; the hiss, true and separated',
        png: sheet(
          sounds.map((sound) => waveform(sound, 80, 500)),
          { columns: 1, zoom: 1 },
        ),
      },
      {
        name: 'spectrograms',
        caption: 'The same from 0 to 8 kHz, upwards',
        png: sheet(
          sounds.map((sound) => spectrogram(sound, lab.backend)),
          { columns: 1, zoom: 2 },
        ),
      },
    ],
  };
}

/** How well one source is heard, on average: in the mixture, and in what the net says it is. */
function scores({ sources, mixture }: Clips, estimates: NdArray, k: number): { before: number; after: number } {
  const clips = mixture.shape[0]!;
  const samples = mixture.shape[2]!;
  const total = { before: 0, after: 0 };
  for (let n = 0; n < clips; n++) {
    const part = (of: NdArray, from: number): ArrayLike<number> =>
      of.data.subarray(from * samples, (from + 1) * samples);
    const truth = part(sources, 2 * n + k);
    total.before += siSnr(part(mixture, n), truth) / clips;
    total.after += siSnr(part(estimates, 2 * n + k), truth) / clips;
  }
  return total;
}

/** The same clips with another end. */
function changed(mixture: NdArray, seed: number): { mixture: NdArray; from: number } {
  const { normal, uniform } = randomStream(seed, 'end');
  const samples = mixture.shape[2]!;
  const from = Math.floor(samples * (0.4 + 0.2 * uniform()));
  const other = array(mixture, mixture.data);
  for (let i = 0; i < other.data.length; i++) if (i % samples >= from) other.data[i] = 0.3 * normal();
  return { mixture: other, from };
}

/** How many results differ at all before a sample, and how many from it on. */
function compare(a: NdArray, b: NdArray, from: number): { early: number; late: number; from: number } {
  const samples = a.shape[2]!;
  const counts = { early: 0, late: 0 };
  for (let i = 0; i < a.data.length; i++)
    if (!Object.is(a.data[i], b.data[i])) counts[i % samples < from ? 'early' : 'late'] += 1;
  return { ...counts, from };
}
