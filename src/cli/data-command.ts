import { Command } from 'commander';
import { encodePng } from '../io/png/encode-png.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import type { Dataset } from '../train/data/dataset.ts';
import { windowSheet } from '../train/data/window-sheet.ts';
import { loadDataset } from '../train/run.ts';
import { type AugmentOptions, withAugmentOptions } from './augment-options.ts';
import { type DataOptions, sceneList, withDataOptions } from './data-options.ts';
import { wholeNumber } from './number-option.ts';
import type { Terminal } from './terminal.ts';
import { trainConfig } from './train-config.ts';

interface DataCommandOptions extends DataOptions, AugmentOptions {
  readonly crop?: number;
  readonly seed?: number;
  readonly windows: number;
  readonly out?: string;
}

/** `cotangent data`. */
export const dataCommand = ({ out }: Terminal): Command =>
  withAugmentOptions(
    withDataOptions(
      new Command('data').description(
        'Look at what training would see: what a data set holds, and a sheet of windows.',
      ),
    ),
  )
    .option('--crop <n>', 'side of the windows', wholeNumber(1))
    .option('--seed <n>', 'seed of every random choice', wholeNumber(0))
    .option('--windows <n>', 'how many windows to draw', wholeNumber(1), 16)
    .option('--out <file>', 'write the windows, each beside itself with its mask in colour, into this PNG file')
    .addHelpText(
      'after',
      `
Scenes:
${sceneList}

Windows are those of \`cotangent train\` with the same options and seed.

Examples:
  cotangent data --scene texture --out texture.png
  cotangent data --data DIR --crop 256 --rotate 180 --elastic 6,48 --out windows.png
  cotangent data --data DIR --sampling balanced --out balanced.png`,
    )
    .action(({ windows, out: file, ...options }: DataCommandOptions) => {
      const config = trainConfig(options);
      const set = loadDataset(config);
      out.write(`${datasetText(set)}\n`);
      if (file === undefined) return;
      writeAtomically(file, encodePng(windowSheet(set.samples, config, windows)));
      out.write(`\n${windows} windows of ${config.crop}×${config.crop}: ${file}\n`);
    });

/** What a set holds: images, sizes, and the share of each class. */
function datasetText({ name, samples, channels, classNames }: Dataset): string {
  const sizes = [...new Set(samples.map(({ mask }) => `${mask.shape[1]}×${mask.shape[0]}`))];
  const counts = classNames.map(() => 0);
  const holding = classNames.map(() => 0);
  let ignored = 0;
  for (const { mask } of samples) {
    const seen = new Set<number>();
    for (const k of mask.data) {
      if (k < 0) ignored += 1;
      else {
        counts[k]! += 1;
        seen.add(k);
      }
    }
    for (const k of seen) holding[k]! += 1;
  }
  const all = counts.reduce((a, b) => a + b, 0);
  const width = Math.max(...classNames.map((each) => each.length), 'no class'.length);
  const share = (count: number, of: number): string => `${((100 * count) / Math.max(1, of)).toFixed(2).padStart(6)} %`;
  return [
    `${name}: ${samples.length} images of ${sizes.slice(0, 6).join(', ')}${sizes.length > 6 ? ', …' : ''} pixels, ${channels === 1 ? 'grey' : 'RGB'}`,
    ...classNames.map(
      (each, k) => `  ${each.padEnd(width)}  ${share(counts[k]!, all)} of pixels, in ${holding[k]} images`,
    ),
    ...(ignored > 0 ? [`  ${'no class'.padEnd(width)}  ${share(ignored, all + ignored)} of pixels`] : []),
  ].join('\n');
}
