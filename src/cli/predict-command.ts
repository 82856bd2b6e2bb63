import { Command } from 'commander';
import { predict } from '../train/predict.ts';
import { scoreTable } from '../train/score-table.ts';
import { threads, wholeNumber } from './number-option.ts';
import { type PredictionOptions, withPredictionOptions } from './prediction-options.ts';
import type { Terminal } from './terminal.ts';

interface PredictCommandOptions extends PredictionOptions {
  readonly run: string;
  readonly images: string;
  readonly out: string;
  readonly masks?: string;
  readonly best?: true;
  readonly overlap?: number;
  readonly threads?: 'auto' | number;
}

/** `cotangent predict`. */
export const predictCommand = ({ out }: Terminal): Command =>
  withPredictionOptions(
    new Command('predict')
      .description('Predict a mask for every image of a folder with a trained run.')
      .requiredOption('--run <run>', 'the run folder that `cotangent train` made')
      .requiredOption('--images <dir>', 'folder of PNG images of any size')
      .requiredOption('--out <dir>', 'new or empty folder for masks/ and overlays/')
      .option('--masks <dir>', 'true masks of the same names: prints scores and writes scores.json')
      .option('--best', 'use the epoch with the best validation mIoU, not the last'),
  )
    .option('--overlap <n>', 'how far tiles overlap on each side (default: 96, or more for deep nets)', wholeNumber(0))
    .option('--threads <n>', 'threads of the compiled backend: auto, or a number; results are the same', threads)
    .addHelpText(
      'after',
      `
Unless given, --tile and --tta are what the run validated with. Masks are written in the form of the training masks: the same grey values, or a palette whose indices are the classes.

Examples:
  cotangent predict --run runs/mine --images DIR/images --out predicted
  cotangent predict --run runs/mine --images DIR/images --masks DIR/masks --out scored --best
  cotangent predict --run runs/mine --images DIR/images --out better --tta turns --tile 256 --overlap 64`,
    )
    .action((options: PredictCommandOptions) => {
      const say = (text: string): void => void out.write(`${text}\n`);
      let shown = performance.now();
      const { images, step, scores, classNames, notice } = predict({
        ...options,
        progress: (name, done, total) => {
          if (performance.now() - shown < 2000) return;
          shown = performance.now();
          say(`${done}/${total}  ${name}`);
        },
      });
      if (notice !== undefined) say(`note: ${notice}`);
      if (scores !== undefined) say(`${scoreTable(scores, classNames)}\nmIoU ${scores.miou.toFixed(4)}`);
      say(
        `predicted ${images} images with the parameters of step ${step}: ${options.out}/masks, ${options.out}/overlays`,
      );
    });
