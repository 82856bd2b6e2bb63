import { describe, expect, test } from 'vitest';
import { grad, hvp } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { add, mul, sum } from '../../src/ops/index.ts';
import { arrayOf, distance, type TorchCase, type TorchTensor, torchCases } from '../nn/torch/cases.ts';
import { type Adapter, type Attributes, Unsupported } from './torch/adapter.ts';
import { pointwise } from './torch/pointwise.ts';
import { reduce } from './torch/reduce.ts';
import { shape } from './torch/shape.ts';
import { window } from './torch/window.ts';

/** PyTorch's functions by the name of their vector file. */
const adapters: { readonly [file: string]: Adapter } = { ...pointwise, ...reduce, ...shape, ...window };

const tolerance = 1e-9;
/** Second derivatives: by PyTorch's double backward, or by differences where it has none. */
const secondTolerance: { readonly [method in 'autograd' | 'central-difference']: number } = {
  autograd: 1e-8,
  'central-difference': 1e-7,
};

describe.each(Object.entries(adapters))('%s as in PyTorch', (file, adapter) => {
  const cases = torchCases<Attributes>(file);
  if (cases === undefined) return test.skip('skipped: no vectors', () => {});
  test.for(cases)('$name', (one, context) => {
    try {
      compare(adapter, one);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      console.log(`skipped: ${one.name}: no ${error.message} yet`);
      context.skip(`no ${error.message} yet`);
    }
  });
});

/** Outputs, gradients and Hessian products of one case, all from one graph. */
function compare(adapter: Adapter, one: TorchCase<Attributes>): void {
  const { attributes, inputs, outputs, cotangents, gradients, hvp: second } = one;
  const g = new GraphBuilder();
  const feeds = new Map<string, TorchTensor>();
  const feed = (name: string, value: TorchTensor): Tensor => {
    // Lists are named `tensors[0]`, which is no name of an input here.
    const plain = name.replace(/\[(\d+)\]/, '.$1');
    feeds.set(plain, value);
    return g.input(plain, arrayOf(value));
  };
  const tensors = new Map(inputs.map((input) => [input.name, feed(input.name, input)]));
  const made = adapter(Object.fromEntries(tensors), attributes);
  const wanted: { tensor: Tensor; value: TorchTensor; what: string; within: number }[] = [];
  const want = (what: string, tensor: Tensor | undefined, value: TorchTensor, within = tolerance): void => {
    if (tensor === undefined) throw new Error(`the adapter makes no ${what}`);
    wanted.push({ what, tensor, value, within: value.dtype === 'float64' ? within : 0 });
  };

  for (const output of outputs) want(`output ${output.name}`, made[output.name], output);
  const terms = outputs.flatMap(({ name }, i) => {
    const ct = cotangents[i];
    return ct ? [{ y: made[name]!, ct: feed(`ct.${name}`, ct) }] : [];
  });
  const total = (f: (y: Tensor) => Tensor): Tensor =>
    terms.map(({ y, ct }) => sum(mul(f(y), ct))).reduce((a, b) => add(a, b));
  const active = inputs.flatMap((input, i) => (gradients[i] ? [{ ...input, i }] : []));
  const wrt = active.map(({ name }) => tensors.get(name)!);
  const loss = total((y) => y) as Tensor<readonly [], 'f64'>;
  for (const [k, ct] of grad(loss, wrt).entries()) want(`gradient ${active[k]!.name}`, ct, gradients[active[k]!.i]!);
  if (second !== undefined) {
    const scalar = second.loss === 'linear' ? loss : (total((y) => mul(mul(y, y), 0.5)) as typeof loss);
    const directions = active.map(({ name, i }) => feed(`direction.${name}`, second.directions[i]!));
    for (const [k, product] of hvp(scalar, wrt, directions).entries())
      want(`hvp ${active[k]!.name}`, product, second.results[active[k]!.i]!, secondTolerance[second.method]);
  }

  const graph = g.build(Object.fromEntries(wanted.map(({ tensor }, k) => [`r${k}`, tensor])));
  const values = compile(graph).run(Object.fromEntries([...feeds].map(([name, value]) => [name, arrayOf(value)])));
  const off = wanted.filter(({ value, within }, k) => !(distance(values[`r${k}`]!, arrayOf(value)) <= within));
  expect(off.map(({ what }) => what)).toEqual([]);
}
