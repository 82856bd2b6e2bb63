import { array, type NdArray } from '../../graph/nd-array.ts';
import { encodePng } from '../../io/png/encode-png.ts';
import {
  confusionTable,
  type Html,
  html,
  linePlot,
  type PagePicture,
  page,
  pictures,
  plots,
  scatterPlot,
  table,
  tiles,
} from '../../report/index.ts';
import type { Sample } from '../data/dataset.ts';
import { mistakes } from '../panels/mistakes.ts';
import { sideBySide } from '../panels/side-by-side.ts';
import { type Panel, tinted } from '../panels/tinted.ts';
import { classLegend } from '../report/class-legend.ts';
import { settingsTable } from '../report/settings-table.ts';
import { version } from '../version.ts';
import type { Compared } from './compare.ts';
import { leaderboard } from './leaderboard.ts';
import type { MeasuredNet } from './measured-net.ts';

/** Held-back images on which the nets are shown side by side, and pixels of a panel there. */
const shown = 4;
const panelSide = 160;

/** A net that takes more steps than the others would press them together at the left. */
const shareOfSteps = 'share of its steps, in percent';
const byShare = (points: Points, steps: number): Points =>
  points.map(([step, value]) => [(100 * step) / steps, value] as const);
type Points = readonly (readonly [x: number, y: number])[];

/** A comparison as one page that needs nothing from elsewhere. */
export async function comparisonPage(compared: Compared): Promise<string> {
  const { comparison, config, data, outcomes, seconds, interrupted } = compared;
  const { net: _, ...recipe } = config;
  const nets = outcomes.flatMap((outcome) => (outcome.kind === 'measured' ? [outcome.net] : []));
  const failed = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome] : []));
  const legend = classLegend(data.classNames);
  const best = nets[0];
  return page({
    title: `cotangent compare: ${data.name}`,
    facts: `cotangent ${version} · seed ${comparison.seed} · ${comparison.steps} steps each · ${data.training} images, ${data.validation.length} held back · ${(seconds / 60).toFixed(1)} min${interrupted ? ' · interrupted' : ''}`,
    contents: true,
    intro: tiles([
      ...(best === undefined ? [] : [{ value: best.scores.miou.toFixed(3), label: `best mIoU: ${best.name}` }]),
      { value: data.baseline.miou.toFixed(3), label: 'mIoU of the majority class alone' },
      { value: nets.length, label: nets.length === 1 ? 'net trained' : 'nets trained' },
      ...(failed.length === 0 ? [] : [{ value: failed.length, label: 'failed', kind: 'bad' }]),
    ]),
    sections: [
      {
        title: 'Leaderboard',
        note: 'Scores on the held-back images. Multiply-adds (millions) and memory (MB, parameters included) to predict one image; time of a training step on one thread; checkerboard: how much of a pattern, 0 to 1, a net makes of flat images.',
        content: [
          table(leaderboard(compared)),
          ...failed.map(({ name, reason }) => html`<h3>${name} failed</h3><pre>${reason}</pre>`),
        ],
      },
      ...(nets.length === 0
        ? []
        : [
            {
              title: 'Training',
              content: plots([
                await linePlot({
                  title: 'Loss',
                  x: shareOfSteps,
                  y: 'cross-entropy of the batches, means over neighbours',
                  logarithmic: true,
                  lines: nets.map(({ name, losses, steps }) => ({ name, points: byShare(losses, steps) })),
                }),
                await linePlot({
                  title: 'Validation',
                  x: shareOfSteps,
                  y: 'mIoU',
                  lines: nets.map(({ name, mious, steps }) => ({ name, points: byShare(mious, steps) })),
                }),
              ]),
            },
            {
              title: 'What it costs',
              content: plots([
                await scatterPlot({
                  title: 'Time',
                  x: 'ms per training step',
                  y: 'mIoU',
                  points: nets.map(({ name, secondsPerStep, scores }) => ({
                    name,
                    x: 1000 * secondsPerStep,
                    y: scores.miou,
                  })),
                }),
                await scatterPlot({
                  title: 'Size',
                  x: 'parameters',
                  y: 'mIoU',
                  logarithmicX: true,
                  points: nets.map(({ name, parameters, scores }) => ({ name, x: parameters, y: scores.miou })),
                }),
              ]),
            },
            {
              title: 'The same images',
              note: 'Each with the mIoU of this image alone.',
              content: [legend, ...data.validation.slice(0, shown).map((sample, i) => row(sample, i, nets))],
            },
            {
              title: 'Worst cases',
              note: 'Of each net, the held-back image with the lowest mIoU: image, truth, prediction, and in red what is wrong.',
              content: [legend, pictures(nets.map((net) => worst(net, data.validation)))],
            },
            {
              title: 'Confusion',
              content: nets.map(
                ({ name, scores }, i) =>
                  html`<details${i === 0 ? html` open` : undefined}><summary>${name}</summary>${confusionTable({ classNames: data.classNames, counts: scores.confusion.flat() })}</details>`,
              ),
            },
          ]),
      { title: 'Recipe', content: settingsTable(recipe) },
    ],
  });
}

function row(sample: Sample, i: number, nets: readonly MeasuredNet[]): Html {
  const { image, mask } = sample;
  return html`<h3>${sample.name}</h3>${pictures([
    { caption: 'image', png: panelPng(sample, [tinted(image)]) },
    { caption: 'truth', png: panelPng(sample, [tinted(image, mask)]) },
    ...nets.map(({ name, samples }) => ({
      caption: `${name} ${samples[i]!.miou.toFixed(2)}`,
      png: panelPng(sample, [tinted(image, maskOf(sample, samples[i]!.classes))]),
    })),
  ])}`;
}

function worst({ name, samples }: MeasuredNet, validation: readonly Sample[]): PagePicture {
  const i = samples.reduce((at, { miou }, k) => (miou < samples[at]!.miou ? k : at), 0);
  const sample = validation[i]!;
  const { image, mask } = sample;
  const found = maskOf(sample, samples[i]!.classes);
  return {
    caption: `${name}: ${sample.name}, mIoU ${samples[i]!.miou.toFixed(2)}`,
    png: panelPng(sample, [tinted(image), tinted(image, mask), tinted(image, found), mistakes(image, mask, found)]),
  };
}

const maskOf = ({ mask }: Sample, classes: Uint16Array): NdArray => array(mask, classes);

const panelPng = ({ image }: Sample, panels: readonly Panel[]): Uint8Array =>
  encodePng(sideBySide(panels, { height: image.shape[1]!, width: image.shape[2]!, most: panelSide }));
