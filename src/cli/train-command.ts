import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { backendNames } from '../backends/backends.ts';
import { CotangentError } from '../graph/error.ts';
import { tuningFile } from '../io/tuning-file.ts';
import { nets } from '../nn/index.ts';
import { lossNames, normNames, type TrainConfig } from '../train/config.ts';
import type { EpochEntry } from '../train/log.ts';
import { reportRun } from '../train/report/report-run.ts';
import { beginRun, type Run, resumeRun } from '../train/run.ts';
import { runFiles } from '../train/run-folder.ts';
import { scoreTable } from '../train/score-table.ts';
import { terminalReporter } from '../train/terminal-reporter.ts';
import { train } from '../train/train.ts';
import { withAugmentOptions } from './augment-options.ts';
import { sceneList, withDataOptions } from './data-options.ts';
import { defaultFolder } from './default-folder.ts';
import { exitCode } from './exit-code.ts';
import { classWeights, threads, wholeNumber } from './number-option.ts';
import { onInterrupt } from './on-interrupt.ts';
import { withPredictionOptions } from './prediction-options.ts';
import { withRegimeOptions } from './regime-options.ts';
import type { Terminal } from './terminal.ts';
import { type TrainOptions, trainConfig } from './train-config.ts';

const count = wholeNumber(1);

/** `cotangent train`. */
export const trainCommand = (terminal: Terminal, setExitCode: (code: number) => void): Command =>
  withPredictionOptions(
    withRegimeOptions(
      withAugmentOptions(
        withDataOptions(
          new Command('train').description(
            'Train a net on image/mask pairs, or on generated scenes when no data are given.',
          ),
        )
          .addOption(new Option('--net <name>', 'the net').choices(Object.keys(nets)))
          .option('--width <n>', 'channels of the first level', count)
          .option('--depth <n>', 'levels, each halving the image', count)
          .addOption(new Option('--norm <how>', 'normalisation before each ReLU').choices(normNames))
          .option('--epochs <n>', 'epochs; each ends with validation', count)
          .option('--steps-per-epoch <n>', 'steps per epoch', count)
          .option('--steps <n>', 'steps in all, instead of or within --epochs', count)
          .option('--batch <n>', 'samples per batch', count)
          .option('--crop <n>', 'side of the square windows to train on, a multiple of 2^depth', count),
      ),
    ),
  )
    .addOption(new Option('--loss <name>', 'cross-entropy, Dice or their sum').choices(lossNames))
    .addOption(
      new Option(
        '--class-weights <how>',
        'how much classes count in cross-entropy: none, balanced, or numbers (1,2.5)',
      ).argParser(classWeights),
    )
    .addOption(
      new Option('--backend <name>', 'what runs the graphs: compiled, or the plain definition').choices(backendNames),
    )
    .option('--threads <n>', 'threads of the compiled backend: auto, or a number; results are the same', threads)
    .option(
      '--tune <file>',
      'choose kernels by measuring, and keep what was measured in this file: faster, and other roundings',
    )
    .option('--val <what>', 'what to hold back: a fraction (0.2), a number (4) or names (18,19)')
    .option('--seed <n>', 'seed of every random choice', wholeNumber(0))
    .option('--out <run>', 'folder for the run (default: runs/NET-DATE-TIME)')
    .option('--report', 'write report.html into the run folder: curves, scores, worst cases on one page')
    .option('--resume [run]', 'go on with an interrupted run, here or given by --out')
    .addHelpText(
      'after',
      `
Defaults:
  with --data  --net unet --width 8 --depth 3 --crop 96 --batch 4 --epochs 6 --steps-per-epoch 50 --val 0.2
               --lr 0.005
  without      --net unet --width 16 --depth 3 --size 96 --classes 4 --count 264 --crop 64 --batch 4 --epochs 8
               --steps-per-epoch 100 --val 24 --lr 0.01: about half a minute on two cores
  both         --norm group --schedule cosine --optimizer adam --loss ce --class-weights none --flip both
               --turn quarter --sampling uniform --seed 0 --backend wasm --threads auto; no other changes of windows

Scenes:
${sceneList}

The run folder receives run.json, log.jsonl, checkpoint.safetensors, best.safetensors and overlays/*.png
(image, truth, prediction). Ctrl-C finishes the step and saves; a second Ctrl-C quits at once.

Examples:
  cotangent train
  cotangent train --data DIR --crop 96 --width 8 --depth 3 --out runs/mine
  cotangent train --data DIR --val 18,19,20,21 --crop 256 --width 16 --epochs 10 --lr 0.001
  cotangent train --data DIR --class-weights balanced --turn none --flip horizontal
  cotangent train --data DIR --rotate 180 --scale 0.8,1.25 --elastic 6,48 --contrast 0.2
  cotangent train --scene thin --loss ce+dice
  cotangent train --optimizer sgd --nesterov --lr 0.05 --schedule one-cycle --clip 1 --weight-decay 0.0001
  cotangent train --batch 2 --accumulate 4 --ema 0.99 --patience 3
  cotangent train --resume runs/mine
  cotangent train --resume runs/mine --epochs 20`,
    )
    .action(async (options: TrainOptions, command: Command) => {
      if (options.resume === true && options.out === undefined)
        command.error('error: --resume needs a run: --resume RUN, or --resume --out RUN', { exitCode: exitCode.usage });
      const run = options.resume === undefined ? begin(options) : resume(options);
      setExitCode(await trainAndTell(run, options, terminal.out));
    });

function begin(options: TrainOptions): Run {
  const config = trainConfig(options);
  return beginRun(options.out ?? defaultFolder(config.net.name), config);
}

function resume(options: TrainOptions): Run {
  const { data, epochs, steps, patience, out, resume } = options;
  const dir = typeof resume === 'string' ? resume : out!;
  if (typeof resume === 'string' && out !== undefined && resolve(out) !== resolve(resume))
    throw new CotangentError({
      code: 'run/options',
      summary: `--resume ${resume} and --out ${out} name two folders`,
      fix: 'leave --out away: a run goes on in its own folder.',
    });
  const run = resumeRun(dir, {
    ...(data === undefined ? {} : { dataDir: resolve(data) }),
    ...(epochs === undefined ? {} : { epochs }),
    ...(steps === undefined ? {} : { steps }),
    ...(patience === undefined ? {} : { patience }),
  });
  refuseChanges(dir, run.record.config, options);
  return run;
}

/** Options that are given again must say the same. */
function refuseChanges(dir: string, stored: TrainConfig, options: TrainOptions): void {
  const { data: _, epochs: __, steps: ___, patience: ____, ...rest } = options;
  const wanted = trainConfig(rest, stored);
  const differ = (Object.keys({ ...stored, ...wanted }) as (keyof TrainConfig)[]).filter(
    (key) => JSON.stringify(stored[key]) !== JSON.stringify(wanted[key]),
  );
  if (differ.length > 0)
    throw new CotangentError({
      code: 'run/options',
      summary: `${dir} was begun with other options`,
      details: differ.map((key) => `${key}: ${JSON.stringify(stored[key])}, now ${JSON.stringify(wanted[key])}`),
      fix: 'leave them away with --resume (only --epochs, --steps, --patience, --threads and the place of --data may change), or begin a new run.',
    });
}

async function trainAndTell(
  run: Run,
  { resume, report, threads, tune }: TrainOptions,
  out: Terminal['out'],
): Promise<number> {
  const { config, data } = run.record;
  const say = (text: string): void => void out.write(`${text}\n`);
  const from = run.checkpoint?.step ?? 0;
  say(
    `${resume !== undefined ? `going on after step ${from}` : 'training'}: ${config.net.name} (width ${config.net.width}, depth ${config.net.depth}) on ${data.name}: ` +
      `${data.training.length} images, ${data.validation.length} held back, ${data.classNames.length} classes; ${config.steps} steps; into ${run.dir}`,
  );
  for (const notice of run.notices) say(`note: ${notice}`);
  const { signal, forget } = onInterrupt(() => say('\nfinishing this step; Ctrl-C again quits at once'));
  const started = performance.now();
  const tuning = tune === undefined ? undefined : tuningFile(tune);
  try {
    const { interrupted, stoppedEarly, step, last } = await train(run, {
      reporter: terminalReporter(out),
      signal,
      threads,
      tune: tuning,
    });
    if (interrupted) {
      say(
        `interrupted after step ${step} of ${config.steps}; all of it is saved. Go on with:\n  cotangent train --resume ${run.dir}`,
      );
      return exitCode.interrupted;
    }
    if (stoppedEarly)
      say(
        `ended after step ${step} of ${config.steps}: ${config.patience} epochs without a better ${config.keepBest ?? 'miou'}`,
      );
    const files = runFiles(run.dir);
    if (report === true) await reportRun(run, { threads });
    if (last !== undefined)
      say(
        `\nvalidation on ${data.validation.length} held-back images:\n${scoreTable(last, data.classNames)}\nmIoU ${last.miou.toFixed(4)}${bestText(run, last)}`,
      );
    say(
      `\n${step} steps in ${((performance.now() - started) / 1000).toFixed(0)} s. In ${run.dir}:\n` +
        `  overlays/               image, truth, prediction: look at them\n` +
        `  checkpoint.safetensors  cotangent predict --run ${run.dir} --images DIR --out DIR\n` +
        `  ${files.log.slice(run.dir.length + 1).padEnd(22)}  losses and scores, one JSON object per line${report === true ? `\n  report.html             curves, scores, worst cases: one page` : ''}`,
    );
    return exitCode.ok;
  } finally {
    forget();
    tuning?.save();
  }
}

/** Where an earlier epoch was better, which. */
function bestText({ log }: Run, last: EpochEntry): string {
  const best = log.epochs.find(({ miou }) => miou === Math.max(...log.epochs.map((entry) => entry.miou)))!;
  return best.miou > last.miou ? `; best ${best.miou.toFixed(4)} after step ${best.step}: predict --best` : '';
}
