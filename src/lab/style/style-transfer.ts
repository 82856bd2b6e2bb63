import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32 } from '../../graph/type.ts';
import { contentLoss, relu, styleLoss } from '../../ops/index.ts';
import { shapesDataset } from '../../train/data/shapes-dataset.ts';
import { psnr } from '../psnr.ts';
import { sheet } from '../sheet.ts';
import type { LabOptions, LabResult, System } from '../system.ts';
import { type FeatureNet, type Features, featureNet } from './feature-net.ts';
import { levelled } from './levelled.ts';
import { type Painting, paint } from './paint.ts';
import { styleImage } from './style-image.ts';

/** Of the six layers of the net, from fine to coarse: style from low ones, content from a high one, so that they quarrel little. */
const styleLayers = [0, 1];
const contentLayer = 4;

/** How much the style counts beside the content, both as shares of what they are for noise: β / α in units that seeds do not change. */
const styleWeight = 1;

/** Layers to repaint the content from, the finest and the coarsest. */
const depths = [0, 5] as const;

export const styleTransfer: System = {
  name: 'style-transfer',
  title: 'Neural style transfer',
  checklist: [79],
  about:
    'Starts from noise and changes the image itself until a net with random weights sees in it the content of a scene and the style of a ' +
    'texture of another size: α · ½ Σ (F − P)² of features before their ReLU and β · Σ (G − A)² / (4 K²) of Gram matrices, each ' +
    'divided by its own number of places. Then repaints the scene from a low and from a high layer alone.',
  run,
};

async function run(options: LabOptions): Promise<LabResult> {
  const { seed, effort } = options;
  const side = effort >= 1 ? 96 : 32;
  const net = featureNet();
  const scene = shapesDataset({ size: side, classes: 6, count: 1, seed }).samples[0]!.image;
  const content = levelled(array(f32(1, 3, side, side), scene.data));
  const style = levelled(styleImage(seed, side + 16, side - 16));
  const steps = Math.max(4, Math.round(400 * effort));
  const transferred = await transfer(net, content, style, steps, options);
  const repainted: { painting: Painting; layer: number }[] = [];
  for (const layer of depths)
    repainted.push({ layer, painting: await repaint(net, content, layer, Math.ceil(steps / 2), options) });
  const first = transferred.log[0]!;
  const last = transferred.log.at(-1)!;
  const fall = (part: 'content' | 'style'): number => first[part]! / last[part]!;
  const [low, high] = repainted.map(({ painting }) => psnr(painting.image, content)) as [number, number];
  return {
    claims: [
      ...(['content', 'style'] as const).map((part) => ({
        text: `the loss of ${part} falls at least tenfold from the noise start: ${brief(fall(part))} times`,
        holds: fall(part) >= 10,
      })),
      {
        text: `a low layer keeps the pixels, a high one lets go of them: repainted from layer 1 the scene has ${low.toFixed(1)} dB, from layer 6 ${high.toFixed(1)} dB`,
        holds: low >= high + 3,
      },
    ],
    tables: [
      {
        title: `Losses of ${side}×${side} pixels, style from ${side + 16}×${side - 16}`,
        head: ['loss', 'noise', `after ${steps} steps`, 'times less'],
        rows: (['content', 'style'] as const).map((part) => [part, first[part]!, last[part]!, fall(part)]),
      },
      {
        title: 'The scene repainted from one layer',
        head: ['layer', 'loss of noise', 'loss in the end', 'PSNR in dB'],
        rows: repainted.map(({ layer, painting: { image, log } }) => [
          layer + 1,
          log[0]!.content!,
          log.at(-1)!.content!,
          psnr(image, content),
        ]),
      },
    ],
    curves: [
      {
        title: 'Both losses, as shares of those of noise',
        x: 'step',
        y: 'loss / loss of noise',
        logarithmic: true,
        lines: (['content', 'style'] as const).map((part) => ({
          name: part,
          points: transferred.log.map((entry, k) => [k, entry[part]! / first[part]!] as const),
        })),
      },
    ],
    pictures: [
      {
        name: 'style-transfer',
        caption: 'Content, style, and the image that began as noise',
        png: sheet([content, style, transferred.image], { zoom: 2 }),
      },
      {
        name: 'layers',
        caption: 'The scene, and what layer 1 and layer 6 alone remember of it',
        png: sheet([content, ...repainted.map(({ painting }) => painting.image)], { zoom: 2 }),
      },
    ],
  };
}

const transfer = (
  net: FeatureNet,
  content: NdArray,
  style: NdArray,
  steps: number,
  options: LabOptions,
): Promise<Painting> =>
  paint(
    {
      what: 'steps of the transfer',
      size: sizeOf(content),
      steps,
      given: { content, style },
      weights: { content: 1, style: styleWeight },
      losses: (image, given) => {
        const seen = net.features(image);
        const answers = (features: readonly Features[]): Features[] =>
          styleLayers.map((k) => relu(features[k]!) as Features);
        return {
          content: contentLoss(seen[contentLayer]!, net.features(given.content!)[contentLayer]!),
          style: styleLoss(answers(seen), answers(net.features(given.style!))),
        };
      },
    },
    options,
  );

const repaint = (
  net: FeatureNet,
  content: NdArray,
  layer: number,
  steps: number,
  options: LabOptions,
): Promise<Painting> =>
  paint(
    {
      what: `steps of repainting from layer ${layer + 1}`,
      size: sizeOf(content),
      steps,
      given: { content },
      weights: { content: 1 },
      losses: (image, given) => ({
        content: contentLoss(net.features(image)[layer]!, net.features(given.content!)[layer]!),
      }),
    },
    options,
  );

const sizeOf = ({ shape }: NdArray): readonly [number, number] => [shape[2]!, shape[3]!];

const brief = (x: number): string => x.toPrecision(3);
