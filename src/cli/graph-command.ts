import { Argument, Command, Option } from 'commander';
import type { Graph } from '../graph/graph.ts';
import { toJson } from '../graph/text/json.ts';
import { print } from '../graph/text/print.ts';
import { toDot } from '../io/dot.ts';
import type { DrawingOptions } from '../io/drawing.ts';
import { toMermaid } from '../io/mermaid.ts';
import { netGraph, netNames } from './net-graph.ts';
import { type NetSizeOptions, withNetSize } from './net-size-options.ts';
import { wholeNumber } from './number-option.ts';
import type { Terminal } from './terminal.ts';

/** How a graph is written. */
const formats: { readonly [name: string]: (graph: Graph, drawing: DrawingOptions) => string } = {
  text: print,
  dot: toDot,
  mermaid: toMermaid,
  json: (graph) => JSON.stringify(toJson(graph), null, 1),
};

interface GraphOptions extends NetSizeOptions {
  readonly grad?: boolean;
  readonly format: string;
  readonly fold?: number;
}

/** `cotangent graph`. */
export const graphCommand = ({ out }: Terminal): Command =>
  withNetSize(
    new Command('graph')
      .description("Print a net's graph, or the graph of its loss and all gradients.")
      .addArgument(new Argument('[net]', 'the net').choices(netNames).default('unet'))
      .option('--grad', 'add a loss (cross-entropy, or the mean square) and the gradient of every parameter')
      .addOption(new Option('--format <name>', 'how it is written').choices(Object.keys(formats)).default('text'))
      .option('--fold <n>', 'draw scopes nested deeper than this as one box (dot, mermaid)', wholeNumber(0)),
  )
    .addHelpText(
      'after',
      `
Examples:
  cotangent graph unet
  cotangent graph unet --grad --format json > unet-gradient.json
  cotangent graph --format dot --fold 2 | dot -Tsvg > unet.svg`,
    )
    .action((name: string, options: GraphOptions) => {
      const text = formats[options.format]!(
        netGraph(name, options).graph,
        options.fold === undefined ? {} : { fold: options.fold },
      );
      out.write(text.endsWith('\n') ? text : `${text}\n`);
    });
