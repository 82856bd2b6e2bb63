import { add, type FloatDType, grad, hvp, jvp, mul, square, sum, type Tensor } from 'cotangent';
import type { TorchCase } from '../cases/case.ts';
import { dtypesFor } from '../run/array-of.ts';
import { type Deviation, Experiment, type Settings } from '../run/experiment.ts';
import { torchTolerance } from '../run/tolerance.ts';
import { call, runNodes, type TorchNode } from './composition.ts';

/** Outputs, gradients and Hessian products of one case, all from one graph. */
export function runFunction(one: TorchCase, { backend, floats = 'f64' }: Settings): Deviation[] {
  const { inputs, outputs, cotangents, gradients, hvp: second } = one;
  const experiment = new Experiment(backend, dtypesFor([...inputs, ...outputs], floats));
  const tensors = new Map(inputs.map((input) => [input.name, experiment.feed(input.name, input)]));
  const nodes = one.attributes.nodes as readonly TorchNode[] | undefined;
  const made = nodes === undefined ? call(one.op, Object.fromEntries(tensors), one.attributes) : runAll(nodes, tensors);
  const tolerance = (dtype: TorchCase['outputs'][0]['dtype'], aspect: Parameters<typeof torchTolerance>[2]): number =>
    torchTolerance(dtype, floats, aspect, nodes !== undefined);

  for (const output of outputs)
    experiment.want(`output ${output.name}`, made[output.name], output, tolerance(output.dtype, 'first'));

  const terms = outputs.flatMap(({ name }, i) => {
    const ct = cotangents[i];
    return ct ? [{ y: made[name]!, ct: experiment.feed(`ct.${name}`, ct) }] : [];
  });
  const active = inputs.flatMap((input, i) => {
    const expected = gradients[i];
    return expected ? [{ name: input.name, tensor: tensors.get(input.name)!, expected, i }] : [];
  });
  if (terms.length === 0 || active.length === 0) return experiment.compare();
  const total = (f: (y: Tensor) => Tensor): Scalar =>
    terms.map(({ y, ct }): Tensor => sum(mul(f(y), ct))).reduce((a: Tensor, b): Tensor => add(a, b)) as Scalar;
  const wrt = active.map(({ tensor }) => tensor);
  const loss = total((y) => y);
  for (const [k, ct] of grad(loss, wrt).entries()) {
    const { name, expected } = active[k]!;
    experiment.want(`gradient ${name}`, ct, expected, tolerance(expected.dtype, 'first'));
  }

  if (second) {
    const scalar = second.loss === 'linear' ? loss : total((y) => mul(square(y), 0.5));
    const directions = active.map(({ name, i }) => experiment.feed(`direction.${name}`, second.directions[i]!));
    const within = tolerance('float64', second.method);
    for (const [k, product] of hvp(scalar, wrt, directions).entries())
      experiment.want(`hvp ${active[k]!.name}`, product, second.results[active[k]!.i]!, within);
    // Whole nets the other way round too: the gradient's derivative along the directions.
    if (nodes !== undefined)
      for (const [k, product] of jvp(grad(scalar, wrt), wrt, directions).entries())
        experiment.want(`jvp of gradient ${active[k]!.name}`, product, second.results[active[k]!.i]!, within);
  }
  return experiment.compare();
}

type Scalar = Tensor<readonly [], FloatDType>;

const runAll = (nodes: readonly TorchNode[], tensors: ReadonlyMap<string, Tensor>) =>
  Object.fromEntries(runNodes(nodes, tensors));
