import { join } from 'node:path';
import { Command, Option } from 'commander';
import { exportLog, type LogFormat, logFormats } from '../train/export-log.ts';
import type { Terminal } from './terminal.ts';

/** `cotangent export-log`. */
export const exportLogCommand = ({ out }: Terminal): Command =>
  new Command('export-log')
    .description("Write a run's log for other programs: TensorBoard, or anything that reads CSV.")
    .argument('<run>', 'the run folder that `cotangent train` made')
    .addOption(new Option('--format <name>', 'what to write').choices(logFormats).default('tensorboard'))
    .option('--out <dir>', 'folder to write into (default: RUN/tensorboard, RUN/csv)')
    .addHelpText(
      'after',
      `
Examples:
  cotangent export-log runs/mine                 then: tensorboard --logdir runs
  cotangent export-log runs/mine --format csv    steps.csv, epochs.csv`,
    )
    .action((run: string, { format, out: dir }: { readonly format: LogFormat; readonly out?: string }) => {
      for (const path of exportLog(run, format, dir ?? join(run, format))) out.write(`wrote ${path}\n`);
    });
