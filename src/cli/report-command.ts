import { resolve } from 'node:path';
import { Command } from 'commander';
import type { WasmOptions } from '../backends/wasm/wasm.ts';
import { reportRun } from '../train/report/report-run.ts';
import { resumeRun } from '../train/run.ts';
import { threads } from './number-option.ts';
import type { Terminal } from './terminal.ts';

/** `cotangent report`. */
export const reportCommand = ({ out }: Terminal): Command =>
  new Command('report')
    .description(
      'Write a run’s report.html: curves, scores, confusion, worst cases, settings; one page, nothing beside it.',
    )
    .argument('<run>', 'folder that train made')
    .option('--data <dir>', 'where the data are now, if they were moved')
    .option('--threads <n>', 'threads of the compiled backend: auto, or a number; results are the same', threads)
    .addHelpText(
      'after',
      `
Examples:
  cotangent report runs/mine
  cotangent train --report --out runs/mine   writes it when the training ends`,
    )
    .action(async (dir: string, options: { readonly data?: string; readonly threads?: WasmOptions['threads'] }) => {
      const run = resumeRun(dir, options.data === undefined ? {} : { dataDir: resolve(options.data) });
      out.write(`${await reportRun(run, { threads: options.threads })}\n`);
    });
