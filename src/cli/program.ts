import { Command } from 'commander';
import { version } from '../train/version.ts';
import { animateCommand } from './animate-command.ts';
import { compareCommand } from './compare-command.ts';
import { dataCommand } from './data-command.ts';
import { exportLogCommand } from './export-log-command.ts';
import { fuzzCommand } from './fuzz-command.ts';
import { gradcheckCommand } from './gradcheck-command.ts';
import { graphCommand } from './graph-command.ts';
import { inspectCommand } from './inspect-command.ts';
import { labCommand } from './lab-command.ts';
import { mutantsCommand } from './mutants-command.ts';
import { planCommand } from './plan-command.ts';
import { predictCommand } from './predict-command.ts';
import { reportCommand } from './report-command.ts';
import type { Terminal } from './terminal.ts';
import { trainCommand } from './train-command.ts';

/** The whole command line; `setExitCode` is told of endings that are no errors. */
export function makeProgram(terminal: Terminal, setExitCode: (code: number) => void): Command {
  const program = new Command('cotangent')
    .description('Train segmentation nets whose gradients are proved, predict with them, and look at their graphs.')
    .version(version)
    .addHelpText(
      'after',
      `
Examples:
  cotangent train                              train a U-Net on generated scenes, about half a minute
  cotangent train --data DIR --out runs/mine   train on DIR/images and DIR/masks
  cotangent compare --quick                    train every net on the same data, and rank them
  cotangent predict --run runs/mine --images DIR --out predicted
  cotangent export-log runs/mine               for TensorBoard; --format csv for tables
  cotangent data --data DIR --elastic 6 --out windows.png   look at what training would see
  cotangent graph unet --grad --format dot
  cotangent inspect unet --html unet.html     receptive field, cost, memory, artefacts
  cotangent plan unet --train --time
  cotangent animate --stride 2 --padding 1 --out strided.svg
  cotangent lab                                the systems of the notes: run and measured
  cotangent gradcheck my-operator.ts           prove the gradients of operators of your own
  cotangent fuzz --time 10m --report fuzz.html
  cotangent mutants                            see which wrong gradients the checker notices

Exit codes: 0 done, 1 something given is wrong, 2 the command line is wrong, 130 interrupted and saved.`,
    );
  const commands = [
    trainCommand(terminal, setExitCode),
    compareCommand(terminal, setExitCode),
    predictCommand(terminal),
    reportCommand(terminal),
    exportLogCommand(terminal),
    dataCommand(terminal),
    graphCommand(terminal),
    inspectCommand(terminal),
    planCommand(terminal),
    animateCommand(terminal),
    labCommand(terminal, setExitCode),
    gradcheckCommand(terminal, setExitCode),
    fuzzCommand(terminal, setExitCode),
    mutantsCommand(terminal, setExitCode),
  ];
  for (const command of commands)
    program.addCommand(
      command
        .option('--verbose', 'show where in the program an error was raised')
        .showHelpAfterError(`(see cotangent ${command.name()} --help)`),
    );
  // Last, so that it reaches the subcommands.
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({
      writeOut: (text) => void terminal.out.write(text),
      writeErr: (text) => void terminal.err.write(text),
    });
  return program;
}
