import { grad } from '../autodiff/index.ts';
import type { Arrays } from '../backends/backend.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import type { Graph } from '../graph/graph.ts';
import { f32, i32 } from '../graph/type.ts';
import { declareParameters, makeNet, nets, otherNets } from '../nn/index.ts';
import { add, crossEntropy, mean, square } from '../ops/index.ts';
import type { NetSizeOptions } from './net-size-options.ts';

/** A net's graph, first values of its parameters, and what it is in a line. */
export interface NetGraph {
  readonly graph: Graph;
  readonly values: Arrays;
  readonly summary: string;
}

/** Names of all nets that have a graph: segmentation nets, and those of the laboratory. */
export const netNames: readonly string[] = [...Object.keys(nets), ...Object.keys(otherNets)];

/**
 * The graph of a net on a batch. With gradients that of `loss` and of one output per parameter: cross-entropy of scores per pixel; of nets
 * that make something else the mean square of what they make.
 */
export const netGraph = (name: string, options: NetSizeOptions & { readonly grad?: boolean }): NetGraph =>
  Object.hasOwn(otherNets, name) ? otherGraph(name, options) : segmentationGraph(name, options);

function segmentationGraph(
  name: string,
  {
    grad: gradients = false,
    width,
    depth,
    batch,
    size,
    channels,
    classes,
  }: NetSizeOptions & { readonly grad?: boolean },
): NetGraph {
  const net = makeNet(name, { inChannels: channels, classes, width, depth });
  const g = new GraphBuilder();
  const x = g.input('x', f32(batch, channels, size, size));
  const parameters = declareParameters(g, net.parameterTypes);
  const logits = net.apply(x, parameters);
  const told = { values: net.initialise(0), summary: nets[name]!.summary };
  if (!gradients) return { ...told, graph: g.build({ logits }) };
  const loss = crossEntropy(logits, g.input('target', i32(batch, size, size)));
  return { ...told, graph: g.build({ loss, ...grad(loss, parameters) }) };
}

function otherGraph(
  name: string,
  {
    grad: gradients = false,
    width,
    depth,
    batch,
    size,
    channels,
    classes,
  }: NetSizeOptions & { readonly grad?: boolean },
): NetGraph {
  const { summary, make } = otherNets[name]!;
  const sized = { ...(width === undefined ? {} : { width }), ...(depth === undefined ? {} : { depth }) };
  const net = make({ inChannels: channels, classes, ...sized });
  const g = new GraphBuilder();
  const parameters = declareParameters(g, net.parameterTypes);
  const outputs = net.build(g, parameters, { batch, channels, size });
  const told = { values: net.initialise(0), summary };
  if (!gradients) return { ...told, graph: g.build(outputs) };
  const loss = Object.values(outputs)
    .filter(({ dtype }) => isFloat(dtype))
    .map((tensor) => mean(square(tensor)))
    .reduce((a, b) => add(a, b));
  return { ...told, graph: g.build({ loss, ...grad(loss, parameters) }) };
}
