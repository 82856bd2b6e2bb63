/** Times the engine beside others: `npm run bench -- --help`. */
import { CommanderError } from 'commander';
import { type Arguments, readArguments } from './command-line.ts';
import { runGradchecks } from './gradchecks/run-gradchecks.ts';
import { processStreams } from './progress.ts';
import { runBench } from './run-bench.ts';

function readOrLeave(): Arguments {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
    throw error;
  }
}

const asked = readOrLeave();
process.exitCode = await (asked.gradchecks ? runGradchecks : runBench)(asked, processStreams(process));
