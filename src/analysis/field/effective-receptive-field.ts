import { grad } from '../../autodiff/index.ts';
import { type Arrays, type Backend, compile } from '../../backends/index.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { type Graph, nodesById } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { f64, type Type } from '../../graph/type.ts';
import { cast, constant, mul, sum } from '../../ops/index.ts';
import { fraction, keyOf, philox4x32, streamOf } from '../../ops/random/philox.ts';
import { ends } from './ends.ts';
import { type FieldOptions, isPlace } from './receptive-field.ts';

/** Whose gradients are averaged. */
export interface EffectiveFieldOptions extends FieldOptions {
  /** The index of one place of the output, one number per axis; axes of batch and channels are summed. In the middle unless given. */
  readonly at?: readonly number[];
  /** How many draws are averaged; 20 unless given. */
  readonly draws?: number;
  readonly seed?: number;
  /**
   * Values of inputs, parameters and states that are not to be drawn, by draw: trained parameters, images. The others are
   * normal numbers, parameters divided by the root of their fan-in, vectors and scalars zero.
   */
  values?(this: void, draw: number): Arrays;
  readonly backend?: Backend;
}

/** A bell fitted to what is measured along one axis. */
export interface Bell {
  /** In elements of the input. */
  readonly centre: number;
  readonly sigma: number;
}

/** Where the gradient is, and how much of it. */
export interface EffectiveField {
  /** Mean squares of the gradient by the input, over draws, batch and channels, of the input's spatial shape; their sum is 1. */
  readonly power: NdArray;
  /** One per spatial axis: mean and deviation of the power along it. */
  readonly bells: readonly Bell[];
  /** Elements per axis, as a square root or cube root, whose gradient is above 4.55 % of the greatest, as Luo et al. count. */
  readonly size: number;
  /** The share of the power that stands where the product of the bells puts it: 1 is a perfect fit. */
  readonly fit: number;
}

/**
 * The effective receptive field: how strongly an output depends on each element of the input, measured by our own gradients
 * averaged over draws of weights and images (operators.md 53; Luo, Li, Urtasun and Zemel, Understanding the Effective
 * Receptive Field in Deep Convolutional Neural Networks, 2016). For n random convolutions of k taps it is a bell of
 * deviation √(n·(k² − 1)/12), far smaller than what `receptiveField` says can be read. It is not the effective *kernel*.
 *
 * @throws CotangentError `field/name`.
 */
export function effectiveReceptiveField(graph: Graph, options: EffectiveFieldOptions = {}): EffectiveField {
  const { draws = 20, seed = 0, values, backend } = options;
  const { from, to } = ends(graph, options);
  const nodes = nodesById(graph);
  const outputs = Object.entries(graph.outputs).find(([, id]) => id === from)!;
  const name = inputAttributes(nodes.get(to)!).name;
  const g = new GraphBuilder();
  const leaves = graph.nodes.filter(isInput).map((node) => {
    const { role, name } = inputAttributes(node);
    const make = { input: g.input, parameter: g.parameter, state: g.state }[role];
    return [name, make.call(g, name, node.type)] as const;
  });
  const x = leaves.find(([leaf]) => leaf === name)![1];
  const y = g.inline(graph, Object.fromEntries(leaves))[outputs[0]]!;
  const middle = y.shape.map((size, axis) => (isPlace(axis, y.shape.length) ? Math.floor(size / 2) : -1));
  const chosen = constant(g, f64(...y.shape), placesAt(y.shape, options.at ?? middle));
  const dx = grad(sum(mul(cast(y, 'f64'), chosen)), x);
  const executable = compile(g.build({ dx: cast(dx, 'f64') }), backend === undefined ? {} : { backend });

  const axes = x.shape.flatMap((_, axis) => (isPlace(axis, x.shape.length) ? [axis] : []));
  const power = array(f64(...axes.map((axis) => x.shape[axis]!)));
  for (let draw = 0; draw < draws; draw++) {
    const given = values?.(draw) ?? {};
    const feeds: { [name: string]: NdArray } = {};
    for (const node of graph.nodes.filter(isInput)) {
      const { name, role } = inputAttributes(node);
      const value = given[name] ?? normal(node.type, seed, `${draw} ${name}`, role === 'input');
      if (role === 'input') feeds[name] = value;
      else executable.write(name, value);
    }
    const { data } = executable.run(feeds).dx!;
    for (let i = 0; i < data.length; i++) power.data[i % power.data.length]! += data[i]! ** 2;
  }
  executable.close();
  return described(power);
}

/** One where the index is as given; −1 stands for all. */
function placesAt(shape: readonly number[], at: readonly number[]): Float64Array {
  let flat = Float64Array.of(1);
  shape.forEach((size, axis) => {
    const index = at[axis] ?? -1;
    const next = new Float64Array(flat.length * size);
    for (let i = 0; i < next.length; i++) next[i] = index < 0 || i % size === index ? flat[Math.floor(i / size)]! : 0;
    flat = next;
  });
  return flat;
}

/** Normal numbers; those of weights shrunk by their fan-in, biases zero. */
function normal(type: Type, seed: number, stream: string, image: boolean): NdArray {
  const value = array(type);
  const fan = type.shape.slice(1).reduce((a, b) => a * b, 1);
  const scale = image ? 1 : type.shape.length < 2 ? 0 : 1 / Math.sqrt(fan);
  for (let i = 0; i < value.data.length; i++) {
    const [a, b, c, d] = philox4x32([i, 0, ...streamOf(stream)], keyOf(seed));
    const radius = Math.sqrt(-2 * Math.log(1 - fraction(a, b)));
    value.data[i] = scale * radius * Math.cos(2 * Math.PI * fraction(c, d));
  }
  return value;
}

function described(power: NdArray): EffectiveField {
  const { data, shape } = power;
  const total = Array.from(data).reduce((sum, value) => sum + value, 0);
  if (total > 0) for (let i = 0; i < data.length; i++) data[i]! /= total;
  let inner = data.length;
  const bells = shape.map((size): Bell => {
    inner /= size;
    let [centre, square] = [0, 0];
    for (let i = 0; i < data.length; i++) centre += (Math.floor(i / inner) % size) * data[i]!;
    for (let i = 0; i < data.length; i++) square += ((Math.floor(i / inner) % size) - centre) ** 2 * data[i]!;
    return { centre, sigma: Math.sqrt(square) };
  });
  const greatest = Array.from(data).reduce((most, value) => Math.max(most, value), 0);
  const counted = Array.from(data).filter((value) => value > 0.0455 ** 2 * greatest).length;
  return { power, bells, size: counted ** (1 / shape.length), fit: overlap(power, bells) };
}

/** Σ min(power, bells), the bells on the grid and of sum 1. */
function overlap({ data, shape }: NdArray, bells: readonly Bell[]): number {
  const profiles = bells.map(({ centre, sigma }, axis) => {
    const values = Array.from({ length: shape[axis]! }, (_, i) =>
      sigma === 0 ? Number(Math.abs(i - centre) < 0.5) : Math.exp(-((i - centre) ** 2) / (2 * sigma ** 2)),
    );
    const sum = values.reduce((a, b) => a + b, 0);
    return values.map((value) => value / sum);
  });
  let flat = [1];
  for (const profile of profiles) flat = flat.flatMap((outer) => profile.map((value) => outer * value));
  return flat.reduce((sum, value, i) => sum + Math.min(value, data[i]!), 0);
}
