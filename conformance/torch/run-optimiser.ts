import { array, compile, GraphBuilder, type NdArray } from 'cotangent';
import type { Optimizer } from 'cotangent/nn';
import type { TorchCase } from '../cases/case.ts';
import { arrayOf, dtypesFor } from '../run/array-of.ts';
import { distance } from '../run/distance.ts';
import type { Deviation, Settings } from '../run/experiment.ts';
import { torchTolerance } from '../run/tolerance.ts';

/** The values that a parameter takes under given gradients, one step after the other in one training graph. */
export function runOptimiser(optimizer: Optimizer, one: TorchCase, { backend, floats = 'f64' }: Settings): Deviation[] {
  const dtypes = dtypesFor([], floats);
  const input = (name: string): NdArray => {
    const found = one.inputs.find((each) => each.name === name);
    if (found === undefined) throw new Error(`the case has no input '${name}'`);
    return arrayOf(found, dtypes);
  };
  const [start, gradients] = [input('param'), input('grads')];
  const expected = one.outputs[0]!;
  const type = { dtype: start.dtype, shape: start.shape };
  const executable = compile(stepOf(optimizer, type), { backend });
  try {
    for (const [name, value] of Object.entries(optimizer.initialState({ p: type }))) executable.write(name, value);
    executable.write('p', start);
    const size = start.data.length;
    const learningRate = array({ dtype: floats, shape: [] }, [Number(one.attributes.lr)]);
    const taken = Array.from({ length: gradients.shape[0]! }, (_, k) => {
      const gradient = array(type, gradients.data.slice(k * size, (k + 1) * size));
      executable.run({ gradient, learningRate });
      return [...executable.read('p').data];
    });
    const params = array({ dtype: floats, shape: [taken.length, ...type.shape] }, taken.flat());
    const error = distance(params, arrayOf(expected, dtypes));
    return [{ what: `output ${expected.name}`, error, tolerance: torchTolerance('float64', floats, 'first', false) }];
  } finally {
    executable.close();
  }
}

function stepOf(optimizer: Optimizer, type: { readonly dtype: NdArray['dtype']; readonly shape: readonly number[] }) {
  const g = new GraphBuilder();
  const gradient = g.input('gradient', type);
  const learningRate = g.input('learningRate', { dtype: type.dtype, shape: [] });
  const parameters = { p: g.parameter('p', type) };
  const states = Object.entries(optimizer.stateTypes({ p: type })).map(
    ([name, t]) => [name, g.state(name, t)] as const,
  );
  const state = Object.fromEntries(states);
  const next = optimizer.step({ parameters, gradients: { p: gradient }, state, learningRate });
  return g.build({}, { ...next.parameters, ...next.state });
}
