import { array, type NdArray } from '../../graph/nd-array.ts';
import { randomStream } from '../../nn/index.ts';
import { convTranspose2d, deconvolve } from '../../ops/index.ts';
import { evaluate } from '../evaluate.ts';
import { psnr } from '../psnr.ts';
import { sheet } from '../sheet.ts';
import type { LabCurve, LabOptions, LabResult, System } from '../system.ts';
import { type BlurredScene, blurredScene, padding } from './blurred-scene.ts';
import { descend } from './descend.ts';

/** Deviation of the noise, and how much of the data the least squares take for noise. */
const deviation = 0.004;
const lambda = 0.002;

export const deconvolution: System = {
  name: 'deconvolution',
  title: 'Deconvolution, and why transposed convolution is not it',
  checklist: [24, 34, 35, 36],
  about:
    'A blurred and noisy picture is restored by least squares (gradient descent and conjugate gradients through the graph), Wiener’s ' +
    'filter and Richardson and Lucy’s steps. Transposed convolution, which is also called deconvolution, is the adjoint of the blur, ' +
    'exactly, and no inverse: it blurs once more.',
  run,
};

async function run(lab: LabOptions): Promise<LabResult> {
  const { seed, effort, backend } = lab;
  const side = effort >= 1 ? 96 : 48;
  const scene = blurredScene(seed, side, deviation, backend);
  const { x, y } = scene;
  const steps = Math.max(3, Math.round(60 * Math.min(effort, 4)));
  const descent = await descend(scene, { steps, lambda }, lab);
  const conjugate = iterates(scene, 'least-squares', Math.min(steps, 24), lab);
  const multiplied = iterates(scene, 'richardson-lucy', Math.min(steps, 40), lab);
  const once = evaluate(backend, { y, w: scene.w }, ({ y, w }) => ({
    transposed: convTranspose2d(y!, w!, { padding }),
    wiener: deconvolve(y!, w!, { method: 'wiener', noise: lambda }),
  }));
  const results: readonly (readonly [name: string, image: NdArray, steps: number | string])[] = [
    ['blurred and noisy', y, '–'],
    ['transposed convolution', once.transposed!, '–'],
    ['least squares, gradient descent', descent.at(-1)!, descent.length],
    ['least squares, conjugate gradients', conjugate.at(-1)!, conjugate.length],
    ['Wiener', once.wiener!, '–'],
    ['Richardson–Lucy', multiplied.at(-1)!, multiplied.length],
  ];
  const before = psnr(y, x);
  const gains = results.map(([name, image]) => ({ name, gain: psnr(image, x) - before }));
  const [, transposed, ...restored] = gains;
  const adjoint = adjointness(scene, seed, lab);
  const twice = evaluate(backend, { b: scene.blurred, w: scene.w }, ({ b, w }) => ({
    x: convTranspose2d(b!, w!, { padding }),
  })).x!;
  const reached = psnr(descent.at(-1)!, x);
  const within = conjugate.findIndex((image) => psnr(image, x) >= reached);
  const sooner = within < 0 ? Number.POSITIVE_INFINITY : within + 1;
  const apart = distance(twice, x) / length(x);
  return {
    claims: [
      {
        text: `transposed convolution is the adjoint of the blur, to the last bit: ⟨Ax, y⟩ = ${adjoint.left}, ⟨x, Aᵀy⟩ = ${adjoint.right}`,
        holds: adjoint.left === adjoint.right && adjoint.left !== 0,
      },
      {
        text: `and not its inverse: |AᵀAx − x| is ${percent(apart)} of |x| without any noise, and Aᵀy lies ${Math.abs(transposed!.gain).toFixed(1)} dB below the blurred picture y itself`,
        holds: apart > 0.05 && transposed!.gain < 0,
      },
      ...restored.map(({ name, gain }) => ({
        text: `${name} gains ${gain.toFixed(1)} dB over the blurred picture (at least 1.5)`,
        holds: gain >= 1.5,
      })),
      {
        text: `conjugate gradients reach what ${descent.length} steps of gradient descent do in ${sooner} steps`,
        holds: sooner <= descent.length / 2,
      },
    ],
    tables: [
      {
        title: `Pictures of ${side}×${side}, 9×9 blur, noise of deviation ${deviation}`,
        head: ['method', 'steps', 'PSNR in dB', 'gain in dB', 'relative error'],
        rows: results.map(([name, image, count], k) => [
          name,
          count,
          psnr(image, x),
          gains[k]!.gain,
          distance(image, x) / length(x),
        ]),
      },
    ],
    curves: [
      curve(
        'PSNR on the way',
        'dB',
        [
          ['gradient descent', descent],
          ['conjugate gradients', conjugate],
          ['Richardson–Lucy', multiplied],
        ],
        x,
      ),
    ],
    pictures: [
      {
        name: 'deconvolution',
        caption: `Truth; ${results.map(([name]) => name).join('; ')}`,
        png: sheet([x, ...results.map(([, image]) => image)], { columns: 4 }),
      },
    ],
  };
}

/** x after 1, 2, … steps: one graph, since each estimate goes on from the one before. */
function iterates(
  { y, w }: BlurredScene,
  method: 'least-squares' | 'richardson-lucy',
  count: number,
  { backend }: LabOptions,
): NdArray[] {
  const noise = method === 'least-squares' ? lambda : 0;
  const steps = Array.from({ length: count }, (_, k) => k + 1);
  // Its steps are for quantities above zero, which noise does not know.
  const positive = array(
    y,
    Float64Array.from(y.data, (value) => Math.max(value, 1e-3)),
  );
  const feeds = { y: method === 'least-squares' ? y : positive, w };
  const found = evaluate(backend, feeds, ({ y, w }) =>
    Object.fromEntries(
      steps.map((iterations) => [`x${iterations}`, deconvolve(y!, w!, { method, iterations, noise, padding })]),
    ),
  );
  return steps.map((k) => found[`x${k}`]!);
}

/** Both sides of the adjoint identity for the picture and random whole numbers: sums of few bits, so nothing is rounded. */
function adjointness(
  { x, w, blurred }: BlurredScene,
  seed: number,
  { backend }: LabOptions,
): { left: number; right: number } {
  const { uniform } = randomStream(seed, 'adjoint');
  const other = array(
    x,
    Float64Array.from(x.data, () => Math.floor(17 * uniform()) - 8),
  );
  const back = evaluate(backend, { other, w }, ({ other, w }) => ({ x: convTranspose2d(other!, w!, { padding }) })).x!;
  return { left: inner(blurred, other), right: inner(x, back) };
}

const inner = (a: NdArray, b: NdArray): number => {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += a.data[i]! * b.data[i]!;
  return sum;
};

const length = (a: NdArray): number => Math.sqrt(inner(a, a));

function distance(a: NdArray, b: NdArray): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return Math.sqrt(sum);
}

const curve = (
  title: string,
  y: string,
  paths: readonly (readonly [string, readonly NdArray[]])[],
  truth: NdArray,
): LabCurve => ({
  title,
  x: 'step',
  y,
  lines: paths.map(([name, path]) => ({ name, points: path.map((image, k) => [k + 1, psnr(image, truth)] as const) })),
});

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
