import { describe, expect, test } from 'vitest';
import { grad, hvp, jvp } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { add, mul, square, sum } from '../../src/ops/index.ts';
import { arrayOf, distance, type TorchCase, type TorchNode, type TorchTensor, torchCases } from './torch/cases.ts';
import { torchNodes, Unsupported } from './torch/nodes.ts';

interface Composition {
  readonly nodes: readonly TorchNode[];
  readonly outputs: readonly string[];
}

const tolerance = 1e-10;

const compositions = ['mini_unet', 'mini_aspp', 'conv_chain', 'gram_style_loss', 'random_chain'];
describe.each(compositions)('%s as in PyTorch', (file) => {
  const cases = torchCases<Composition>(file);
  if (cases === undefined) return test.skip('skipped: no vectors', () => {});
  test.for(cases)('$name', (one, context) => compareOrSkip(one, context));
});

describe.each(['group_norm', 'instance_norm'])('%s as in PyTorch', (file) => {
  const cases = torchCases<TorchNode['attributes']>(file);
  if (cases === undefined) return test.skip('skipped: no vectors', () => {});
  test.for(cases)('$name', (one, context) => {
    // A composition of one node, whose arguments are the inputs of the same names.
    const inputs = Object.fromEntries(one.inputs.map(({ name }) => [name, name]));
    const node = { op: file, attributes: one.attributes, inputs, outputs: ['output'] };
    compareOrSkip({ ...one, attributes: { nodes: [node], outputs: ['output'] } }, context);
  });
});

/** Skips with the reason where a function is not there yet. */
function compareOrSkip(one: TorchCase<Composition>, context: { skip(note: string): never }): void {
  try {
    compare(one);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    console.log(`skipped: ${one.name}: no ${error.message} yet`);
    context.skip(`no ${error.message} yet`);
  }
}

/** Outputs, gradients and Hessian products of one case, all from one graph. */
function compare({ attributes, inputs, outputs, cotangents, gradients, hvp: second }: TorchCase<Composition>): void {
  const g = new GraphBuilder();
  const tensors = new Map(inputs.map((one) => [one.name, input(g, one.name, one)] as const));
  for (const node of attributes.nodes) tensors.set(node.outputs[0]!, run(node, tensors));
  const feeds = new Map(inputs.map((one) => [one.name, arrayOf(one)]));
  const feed = (name: string, value: TorchTensor): Float => {
    feeds.set(name, arrayOf(value));
    return input(g, name, value);
  };
  const results: { [name: string]: Tensor } = {};
  const expected: { [name: string]: TorchTensor } = {};
  const want = (name: string, tensor: Tensor, value: TorchTensor): void => {
    results[name] = tensor;
    expected[name] = value;
  };

  for (const output of outputs) want(`output ${output.name}`, tensors.get(output.name)!, output);
  const terms = outputs.flatMap((output, i) => {
    const ct = cotangents[i];
    return ct ? [{ y: tensors.get(output.name)!, ct: feed(`ct.${output.name}`, ct) }] : [];
  });
  const total = (f: (y: Float) => Float): Float =>
    terms.map(({ y, ct }) => sum(mul(f(y), ct))).reduce((a, b) => add(a, b));
  const active = inputs.flatMap((one, i) => (gradients[i] ? [{ ...one, i }] : []));
  const wrt = active.map((one) => tensors.get(one.name)!);
  const loss = total((y) => y);
  for (const [k, ct] of grad(loss, wrt).entries()) want(`gradient ${active[k]!.name}`, ct, gradients[active[k]!.i]!);
  if (second !== undefined) {
    const scalar = second.loss === 'linear' ? loss : total((y) => mul(square(y), 0.5));
    const directions = active.map((one) => feed(`direction.${one.name}`, second.directions[one.i]!));
    const byReverse = hvp(scalar, wrt, directions);
    const byForward = jvp(grad(scalar, wrt), wrt, directions);
    active.forEach((one, k) => {
      want(`hvp ${one.name}`, byReverse[k]!, second.results[one.i]!);
      want(`jvp of grad ${one.name}`, byForward[k]!, second.results[one.i]!);
    });
  }

  const keys = Object.keys(results);
  const graph = g.build(Object.fromEntries(keys.map((key, k) => [`r${k}`, results[key]!])));
  const values = compile(graph).run(Object.fromEntries(feeds));
  const off = keys.filter((key, k) => !(distance(values[`r${k}`]!, arrayOf(expected[key]!)) <= tolerance));
  expect(off).toEqual([]);
}

type Float = Tensor<readonly number[], 'f64'>;

/** An input of the vector's own type; labels pass as floats to the type checker only. */
const input = (g: GraphBuilder, name: string, value: TorchTensor): Float => g.input(name, arrayOf(value)) as Float;

function run({ op, attributes, inputs }: TorchNode, tensors: ReadonlyMap<string, Float>): Float {
  const apply = torchNodes[op];
  if (apply === undefined) throw new Unsupported(op);
  const named: { [argument: string]: Tensor | readonly Tensor[] } = {};
  for (const [argument, names] of Object.entries(inputs))
    if (typeof names === 'string') named[argument] = tensors.get(names)!;
    else named.list = names.map((name) => tensors.get(name)!);
  // Each op reads only the arguments that its nodes carry.
  return apply(named as unknown as Parameters<typeof apply>[0], attributes);
}
