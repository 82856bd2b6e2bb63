import { Argument, Command } from 'commander';
import { type PlanReport, wasmWith } from '../backends/index.ts';
import type { Graph } from '../graph/graph.ts';
import { inputAttributes, isInput } from '../graph/input.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { sizeOf } from '../graph/shape.ts';
import { tuningFile } from '../io/tuning-file.ts';
import { makeNet, nets } from '../nn/index.ts';
import { netGraph } from './net-graph.ts';
import { type NetSizeOptions, withNetSize } from './net-size-options.ts';
import { netTraining } from './net-training.ts';
import { wholeNumber } from './number-option.ts';
import { planTable } from './plan-table.ts';
import type { Terminal } from './terminal.ts';

interface PlanOptions extends NetSizeOptions {
  readonly train?: boolean;
  readonly time?: boolean;
  readonly json?: boolean;
  readonly tune?: string;
  readonly rounds: number;
}

/** A graph and first values for all that it keeps. */
interface Program {
  readonly graph: Graph;
  readonly kept: { readonly [name: string]: NdArray };
}

const count = wholeNumber(1);

/** `cotangent plan`. */
export const planCommand = ({ out }: Terminal): Command =>
  withNetSize(
    new Command('plan')
      .description('Show how a net is compiled: fused steps, kernels, memory, fallbacks; with --time, where time goes.')
      .addArgument(new Argument('[net]', 'the net').choices(Object.keys(nets)).default('unet'))
      .option('--train', 'the training step (cross-entropy, Adam) instead of the prediction')
      .option('--time', 'run it on one thread and measure every step')
      .option('--tune <file>', 'choose kernels by measuring, and keep what was measured in this file')
      .option('--rounds <n>', 'how often to measure; the shortest counts', count, 10)
      .option('--json', 'as data: bytes, seconds, floating-point operations'),
  )
    .addHelpText(
      'after',
      `
Operations are counted by the operators' definitions, a multiply-add as two: a faster algorithm shows as more GFLOP/s.
With --tune, kernels that were chosen by measuring are marked *; without, by a count of instructions.
A step without a kernel of its own is a fallback, marked !: it runs the slow definition of its operator.

Examples:
  cotangent plan unet
  cotangent plan unet --train --batch 8 --time
  cotangent plan unet --train --time --json > plan.json`,
    )
    .action((name: string, options: PlanOptions) => {
      const program = options.train === true ? training(name, options) : prediction(name, options);
      const { report, seconds } = explain(program, options);
      if (options.json === true) {
        const steps = report.steps.map((step, i) => (seconds === undefined ? step : { ...step, seconds: seconds[i] }));
        out.write(`${JSON.stringify({ ...report, steps }, null, 1)}\n`);
      } else out.write(`${planTable(report, seconds)}\n`);
    });

function explain(
  { graph, kept }: Program,
  { time = false, rounds, tune }: PlanOptions,
): { readonly report: PlanReport; readonly seconds: readonly number[] | undefined } {
  const tuning = tune === undefined ? undefined : tuningFile(tune);
  const executable = wasmWith({ threads: 1, tune: tuning ?? false }).compile(graph);
  tuning?.save();
  for (const [name, value] of Object.entries(kept)) executable.write(name, value);
  const seconds = time ? executable.timeSteps(feedsOf(graph), rounds) : undefined;
  executable.close();
  return { report: executable.plan.report(), seconds };
}

function prediction(name: string, options: PlanOptions): Program {
  const { graph, values } = netGraph(name, options);
  return { graph, kept: values };
}

function training(name: string, options: PlanOptions): Program {
  const { channels, classes, width, depth } = options;
  const { graph, initial } = netTraining(makeNet(name, { inChannels: channels, classes, width, depth }), options);
  return { graph, kept: initial(0) };
}

/** Some numbers for every input: what they are does not matter to time. */
function feedsOf(graph: Graph): { readonly [name: string]: NdArray } {
  const feeds: { [name: string]: NdArray } = {};
  for (const node of graph.nodes) {
    if (!isInput(node) || inputAttributes(node).role !== 'input') continue;
    const { type } = node;
    const values = Array.from({ length: sizeOf(type.shape) }, (_, i) =>
      type.dtype === 'i32' ? i % 2 : (((i * 37) % 64) / 32 - 1) / 1024,
    );
    feeds[inputAttributes(node).name] = array(type, values);
  }
  return feeds;
}
