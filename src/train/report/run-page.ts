import { encodePng } from '../../io/png/encode-png.ts';
import {
  type Curve,
  confusionTable,
  exhibits,
  html,
  type PagePicture,
  page,
  pictures,
  table,
  tiles,
} from '../../report/index.ts';
import { thinned } from '../compare/thinned.ts';
import type { Judged, JudgedSample } from '../judge-run.ts';
import type { EpochEntry, LogEntry, StepEntry } from '../log.ts';
import { mistakes } from '../panels/mistakes.ts';
import { sideBySide } from '../panels/side-by-side.ts';
import { tinted } from '../panels/tinted.ts';
import type { RunRecord } from '../run-record.ts';
import { classLegend } from './class-legend.ts';
import { classTable } from './class-table.ts';
import { parameterTable } from './parameter-table.ts';
import { settingsTable } from './settings-table.ts';

/** So many of the held-back samples are shown, from the worst on, and of the others. */
const shown = { worst: 6, others: 6 } as const;
/** Longest side of a panel, in pixels. */
const panelSide = 224;

/** What a run's page is made of. */
export interface RunStory {
  readonly record: RunRecord;
  readonly judged: Judged;
  readonly entries: readonly LogEntry[];
  readonly parameterTypes: Parameters<typeof parameterTable>[0];
}

/** A run as one page that needs nothing from elsewhere. */
export async function runPage({ record, judged, entries, parameterTypes }: RunStory): Promise<string> {
  const { config, data } = record;
  const { scores, samples } = judged;
  const steps = entries.filter((entry) => entry.kind === 'step');
  const epochs = entries.filter((entry) => entry.kind === 'epoch');
  const worst = samples.toSorted((a, b) => a.miou - b.miou).slice(0, shown.worst);
  const others = samples.filter((sample) => !worst.includes(sample)).slice(0, shown.others);
  const parameters = parameterTable(parameterTypes);
  return page({
    title: `${config.net.name} on ${data.name}`,
    facts: `begun ${record.created.slice(0, 16).replace('T', ' ')} UTC · cotangent ${record.cotangent} · seed ${config.seed} · ${data.training.length} images, ${data.validation.length} held back · scores after step ${judged.step} of ${config.steps}`,
    contents: true,
    intro: tiles([
      { value: scores.miou.toFixed(3), label: 'mIoU' },
      { value: scores.accuracy.toFixed(3), label: 'pixel accuracy' },
      ...(scores.mboundary === null ? [] : [{ value: scores.mboundary.toFixed(3), label: 'boundary F1' }]),
      { value: parameters.count.toLocaleString('en').replaceAll(',', '\u202f'), label: 'parameters' },
      ...(steps.length === 0
        ? []
        : [{ value: `${(1000 * medianOf(steps)).toFixed(1)} ms`, label: 'per step, median' }]),
    ]),
    sections: [
      {
        title: 'Training',
        content: await exhibits({ curves: curvesOf(steps, epochs) }),
      },
      {
        title: 'Classes',
        note: 'Scores on the held-back images.',
        content: [table(classTable(scores, data.classNames))],
      },
      {
        title: 'Confusion',
        note: 'Of the pixels of each true class, how many are predicted as what.',
        content: confusionTable({ classNames: data.classNames, counts: scores.confusion.flat() }),
      },
      {
        title: 'Worst cases',
        note: 'The held-back images with the lowest mIoU: image, truth, prediction, and in red what is wrong.',
        content: [classLegend(data.classNames), pictures(worst.map(pictureOf))],
      },
      ...(others.length === 0
        ? []
        : [
            {
              title: 'Other held-back images',
              note: 'Image, truth, prediction, mistakes.',
              content: [classLegend(data.classNames), pictures(others.map(pictureOf))],
            },
          ]),
      { title: 'Settings', content: settingsTable(config) },
      {
        title: 'Parameters',
        content: html`<details><summary>${parameters.table.rows.length} tensors</summary>${table(parameters.table)}</details>`,
      },
    ],
  });
}

function curvesOf(steps: readonly StepEntry[], epochs: readonly EpochEntry[]): Curve[] {
  const line = (of: (entry: StepEntry) => number) => thinned(steps.map((entry) => [entry.step, of(entry)] as const));
  const scored = (of: (entry: EpochEntry) => number | null | undefined) =>
    epochs.flatMap((entry) => {
      const score = of(entry);
      return typeof score === 'number' ? [[entry.step, score] as const] : [];
    });
  const curves: Curve[] = [
    {
      title: 'Loss',
      x: 'step',
      y: 'means over neighbouring steps',
      logarithmic: true,
      lines: [
        { name: 'batches', points: line(({ loss }) => loss) },
        { name: 'held back: cross-entropy', points: scored(({ crossEntropy }) => crossEntropy) },
      ],
    },
    {
      title: 'Scores',
      x: 'step',
      y: 'on held-back images',
      lines: [
        { name: 'mIoU', points: scored(({ miou }) => miou) },
        { name: 'pixel accuracy', points: scored(({ accuracy }) => accuracy) },
        { name: 'boundary F1', points: scored(({ mboundary }) => mboundary) },
      ],
    },
    {
      title: 'Learning rate',
      x: 'step',
      y: '',
      lines: [{ name: 'learning rate', points: line(({ learningRate }) => learningRate) }],
    },
    {
      title: 'Length of the gradient',
      x: 'step',
      y: '',
      logarithmic: true,
      lines: [{ name: 'gradient', points: line(({ gradientNorm }) => gradientNorm) }],
    },
  ];
  return curves
    .map((curve) => ({ ...curve, lines: curve.lines.filter(({ points }) => points.length > 0) }))
    .filter(({ lines }) => lines.length > 0);
}

function pictureOf({ sample: { name, image, mask }, classes, miou }: JudgedSample): PagePicture {
  const panels = [tinted(image), tinted(image, mask), tinted(image, classes), mistakes(image, mask, classes)];
  const size = { height: image.shape[1]!, width: image.shape[2]!, most: panelSide };
  return { caption: `${name}: mIoU ${miou.toFixed(3)}`, png: encodePng(sideBySide(panels, size)) };
}

function medianOf(steps: readonly StepEntry[]): number {
  const sorted = steps.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
