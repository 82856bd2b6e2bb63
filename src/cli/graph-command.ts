import { Argument, Command, Option } from 'commander';
import { grad } from '../autodiff/index.ts';
import { GraphBuilder } from '../graph/builder.ts';
import type { Graph } from '../graph/graph.ts';
import { toJson } from '../graph/text/json.ts';
import { print } from '../graph/text/print.ts';
import { f32, i32 } from '../graph/type.ts';
import { toDot } from '../io/dot.ts';
import type { DrawingOptions } from '../io/drawing.ts';
import { toMermaid } from '../io/mermaid.ts';
import { declareParameters, makeNet, nets } from '../nn/index.ts';
import { crossEntropy } from '../ops/index.ts';
import { wholeNumber } from './number-option.ts';
import type { Terminal } from './terminal.ts';

/** How a graph is written. */
const formats: { readonly [name: string]: (graph: Graph, drawing: DrawingOptions) => string } = {
  text: print,
  dot: toDot,
  mermaid: toMermaid,
  json: (graph) => JSON.stringify(toJson(graph), null, 1),
};

interface GraphOptions {
  readonly grad?: boolean;
  readonly format: string;
  readonly fold?: number;
  readonly width?: number;
  readonly depth?: number;
  readonly size: number;
  readonly channels: number;
  readonly classes: number;
}

const count = wholeNumber(1);

/** `cotangent graph`. */
export const graphCommand = ({ out }: Terminal): Command =>
  new Command('graph')
    .description("Print a net's graph, or the graph of its loss and all gradients.")
    .addArgument(new Argument('[net]', 'the net').choices(Object.keys(nets)).default('unet'))
    .option('--grad', 'add cross-entropy loss and the gradient of every parameter')
    .addOption(new Option('--format <name>', 'how it is written').choices(Object.keys(formats)).default('text'))
    .option('--fold <n>', 'draw scopes nested deeper than this as one box (dot, mermaid)', wholeNumber(0))
    .option('--width <n>', 'channels of the first level; the default is the net’s own', count)
    .option('--depth <n>', 'how deep the net is: levels that halve, or blocks', count)
    .option('--size <n>', 'side of the image, a multiple of what the net halves to', count, 64)
    .option('--channels <n>', 'channels of the image', count, 1)
    .option('--classes <n>', 'classes', wholeNumber(2), 2)
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
        graphOf(name, options),
        options.fold === undefined ? {} : { fold: options.fold },
      );
      out.write(text.endsWith('\n') ? text : `${text}\n`);
    });

/** The graph of a net on one image, `x` to `logits`; with gradients, of `loss` and one output per parameter. */
function graphOf(
  name: string,
  { grad: gradients = false, width, depth, size, channels, classes }: GraphOptions,
): Graph {
  const net = makeNet(name, { inChannels: channels, classes, width, depth });
  const g = new GraphBuilder();
  const x = g.input('x', f32(1, channels, size, size));
  const parameters = declareParameters(g, net.parameterTypes);
  const logits = net.apply(x, parameters);
  if (!gradients) return g.build({ logits });
  const loss = crossEntropy(logits, g.input('target', i32(1, size, size)));
  return g.build({ loss, ...grad(loss, parameters) });
}
