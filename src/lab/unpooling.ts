import { array, type NdArray } from '../graph/nd-array.ts';
import type { Image } from '../nn/index.ts';
import { avgPool2d, avgUnpool2d, maxPool2d, maxPoolWithIndices, maxUnpool2d } from '../ops/index.ts';
import { cellText } from '../report/index.ts';
import { shapesDataset } from '../train/index.ts';
import { batchOf, imageOf } from './batch-of.ts';
import { evaluate } from './evaluate.ts';
import { largestDifference } from './largest-difference.ts';
import { psnr } from './psnr.ts';
import { repeat } from './repeat.ts';
import { sheet } from './sheet.ts';
import type { LabClaim, LabOptions, System } from './system.ts';

const windows = [2, 4, 8];

/** What is undone how, by name, and whether pooling the result again gives the pooled image back. */
const ways = {
  'average, copied': 'copy',
  'average, adjoint': 'adjoint',
  'maximum, at switches': 'switches',
} as const;

/** Average and max unpooling: what they give back of an image, and what not. */
export const unpooling: System = {
  name: 'unpooling',
  title: 'Average and max unpooling: what comes back, and what does not',
  checklist: [43, 44],
  about:
    'Images are pooled and unpooled. Pooling an unpooled image gives it back exactly; unpooling a pooled one does not, whatever the ' +
    'notes say of “exact restoration”: the table tells by how much. Max unpooling keeps where the maxima were, and little of the energy.',
  async run(options) {
    const { seed, effort } = options;
    const count = Math.max(1, Math.round(16 * Math.min(effort, 16)));
    const { samples } = shapesDataset({ size: 64, classes: 4, count, seed });
    const truth = batchOf(samples.map(({ image }) => dyadic(image)));
    const found: Undone[] = [];
    await repeat(options, 'pooling and unpooling', windows.length, (k) =>
      found.push(undo(truth, windows[k]!, options)),
    );
    const rows = found.flatMap(({ window, results }) =>
      Object.entries(ways).map(([name, way]) => {
        const result = results[way]!;
        return [window, name, psnr(result, truth), energy(result) / energy(truth), maximaKept(result, truth, window)];
      }),
    );
    return {
      claims: found.flatMap((each) => claimsOf(each, truth)),
      tables: [
        {
          title: `${count} images of 64×64, pooled by windows and unpooled`,
          head: ['window', 'unpooling', 'PSNR (dB)', 'energy kept', 'maxima kept'],
          rows,
        },
      ],
      curves: [
        {
          title: 'What comes back of an image',
          x: 'side of the window',
          y: 'PSNR (dB)',
          lines: Object.entries(ways).map(([name, way]) => ({
            name,
            points: found.map(({ window, results }) => [window, psnr(results[way]!, truth)] as const),
          })),
        },
      ],
      pictures: found.map(({ window, results }) => ({
        name: `window-${window}`,
        caption: `An image; pooled by ${window}×${window} and unpooled: ${Object.keys(ways).join('; ')}`,
        png: sheet([truth, ...Object.values(ways).map((way) => results[way]!)].map((batch) => imageOf(batch, 0))),
      })),
    };
  },
};

/** What became of the images with one window. */
interface Undone {
  readonly window: number;
  /** `copy`, `adjoint` and `switches`: unpooled. The same with `-again`: unpooled twice. */
  readonly results: { readonly [name: string]: NdArray };
  /** The pooled images, and what pooling gives of the unpooled ones. */
  readonly pooled: { readonly [name: string]: NdArray };
}

function undo(truth: NdArray, window: number, { backend }: LabOptions): Undone {
  const size = { kernel: window };
  const outputs = evaluate(backend, { x: truth }, ({ x }) => {
    const image = x as Image;
    const mean = avgPool2d(image, size) as Image;
    const { values, indices } = maxPoolWithIndices(image, size);
    const copy = avgUnpool2d(mean, size) as Image;
    const adjoint = avgUnpool2d(mean, { ...size, mode: 'adjoint' }) as Image;
    const switches = maxUnpool2d(values, indices, size) as Image;
    return {
      copy,
      adjoint,
      switches,
      mean,
      greatest: values,
      meanOfCopy: avgPool2d(copy, size),
      meanOfAdjoint: avgPool2d(adjoint, size),
      greatestOfSwitches: maxPool2d(switches, size),
    };
  });
  return { window, results: outputs, pooled: outputs };
}

function claimsOf({ window, results, pooled }: Undone, truth: NdArray): LabClaim[] {
  const size = `${window}×${window}`;
  const [copy, adjoint, switches] = [results.copy!, results.adjoint!, results.switches!];
  const exact = [
    largestDifference(pooled.meanOfCopy!, pooled.mean!),
    largestDifference(pooled.greatestOfSwitches!, pooled.greatest!),
  ];
  const lost = [largestDifference(copy, truth), largestDifference(switches, truth)];
  const scaled = largestDifference(copy, scale(adjoint, window ** 2));
  const products = [dot(pooled.mean!, pooled.mean!), dot(truth, adjoint)] as const;
  const [of, at] = [psnr(copy, truth), psnr(switches, truth)];
  return [
    {
      text: `${size}: pool(unpool(y)) = y; largest difference ${exact.map(cellText).join(' for averages, ')} for maxima`,
      holds: exact.every((difference) => difference === 0),
    },
    {
      text: `${size}: unpool(pool(x)) ≠ x; largest difference ${lost.map(cellText).join(' for averages, ')} for maxima`,
      holds: lost.every((difference) => difference > 0.05),
    },
    {
      text: `${size}: the adjoint is the copy divided by ${window ** 2}, exactly: ⟨pool x, y⟩ − ⟨x, adjoint y⟩ = ${cellText(products[0] - products[1])}`,
      holds: scaled === 0 && products[0] === products[1],
    },
    {
      text: `${size}: switches keep the place of every maximum, yet ${cellText(of - at)} dB less of the image than copied averages`,
      holds: maximaKept(switches, truth, window) === 1 && of > at,
    },
  ];
}

/** To multiples of 2⁻⁸, so that sums and means over windows have no rounding error. */
const dyadic = (image: NdArray): NdArray =>
  array(
    image,
    Float64Array.from(image.data, (v) => Math.round(v * 256) / 256),
  );

const scale = (image: NdArray, factor: number): NdArray =>
  array(
    image,
    Float64Array.from(image.data, (value) => value * factor),
  );

/** Exact here: products of multiples of 2⁻¹⁶, fewer than 2²⁰ of them. */
const dot = (a: NdArray, b: NdArray): number => {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += a.data[i]! * b.data[i]!;
  return sum;
};

const energy = (image: NdArray): number => dot(image, image);

/** The share of windows whose only maximum stands where the first of the truth's does. */
function maximaKept(image: NdArray, truth: NdArray, window: number): number {
  const [rows, columns] = [truth.shape.at(-2)!, truth.shape.at(-1)!];
  let [kept, total] = [0, 0];
  for (let plane = 0; plane < truth.data.length; plane += rows * columns)
    for (let y = 0; y < rows; y += window)
      for (let x = 0; x < columns; x += window) {
        const cells = Array.from({ length: window ** 2 }, (_, i) => {
          return plane + (y + Math.floor(i / window)) * columns + x + (i % window);
        });
        const wanted = cells.reduce((a, b) => (truth.data[b]! > truth.data[a]! ? b : a));
        const largest = Math.max(...cells.map((at) => image.data[at]!));
        const places = cells.filter((at) => image.data[at] === largest);
        if (places.length === 1 && places[0] === wanted) kept += 1;
        total += 1;
      }
  return kept / total;
}
