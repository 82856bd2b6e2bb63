import { vjp } from '../../src/autodiff/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { seeded } from './seeded.ts';
import type { Size, Workload } from './workload.ts';

type Tensors = { readonly [name: string]: Tensor };

interface OperatorOptions {
  readonly name: string;
  readonly title: string;
  /** Of the operands in each size; a cotangent of the result, `ct`, asks for the gradients of all others too. */
  readonly shapes: { readonly [size in Size]: { readonly [name: string]: readonly number[] } };
  /** What normal numbers are multiplied with; default 1. */
  readonly scales?: { readonly [name: string]: number };
  readonly operations?: number;
  readonly peak?: boolean;
  readonly apply: (operands: Tensors) => Tensor;
}

/**
 * An operator, and its gradients where `ct` is among its operands. Operands are parameters and results states, so that
 * nothing is copied in or out between runs, as in frameworks whose tensors stay where they are.
 */
export function operatorWorkload(options: OperatorOptions): Workload {
  const { name, title, shapes, scales = {}, operations, peak = false, apply } = options;
  return {
    peak,
    name,
    title,
    ...(operations === undefined ? {} : { operations }),
    arrays: (size) =>
      Object.fromEntries(
        Object.entries(shapes[size]).map(([key, shape]) => [key, seeded(`${name}.${key}`, shape, scales[key])]),
      ),
    program: (arrays) => {
      const g = new GraphBuilder();
      const all = Object.entries(arrays).map(([key, value]) => [key, g.parameter(key, value)] as const);
      const operands: Tensors = Object.fromEntries(all.filter(([key]) => key !== 'ct'));
      const ct = all.find(([key]) => key === 'ct')?.[1];
      const y = apply(operands);
      const gradients = ct === undefined ? {} : vjp(y, operands, ct);
      const results: Tensors = {
        y,
        ...Object.fromEntries(Object.entries(gradients).map(([key, gradient]) => [`gradient.${key}`, gradient])),
      };
      for (const [key, result] of Object.entries(results)) g.state(key, result);
      const states = Object.fromEntries(Object.entries(results).map(([key, result]) => [key, array(result)]));
      return {
        graph: g.build({}, results),
        kept: { ...arrays, ...states },
        feeds: {},
        results: Object.keys(results),
        runs: 1,
      };
    },
  };
}
