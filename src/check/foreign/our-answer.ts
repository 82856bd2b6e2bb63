import { vjp } from '../../autodiff/vjp.ts';
import type { Arrays } from '../../backends/backend.ts';
import { isFloat } from '../../graph/dtype.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Workbench } from '../workbench.ts';
import type { ExternalCheck } from './external.ts';

/** What cotangent’s own operators say, in f64. */
export interface OurAnswer {
  readonly y: NdArray;
  /** The gradients for a cotangent of y's shape. */
  gradients(ct: NdArray): Arrays;
}

/** The same function in cotangent at the same values; undefined where the check brings none. */
export function ourAnswer(
  { reference }: Pick<ExternalCheck, 'reference'>,
  values: Arrays,
  wrt: readonly string[],
): OurAnswer | undefined {
  if (reference === undefined) return undefined;
  const bench = new Workbench();
  const inputs: { [name: string]: Tensor } = {};
  for (const [name, value] of Object.entries(values)) inputs[name] = bench.input(name, inDouble(value));
  const tensor = reference(inputs, bench.g);
  const y = bench.program({ y: tensor })().y!;
  return {
    y,
    gradients: (u) => {
      const ct = bench.input('cotangent.of.y', inDouble(u));
      const gradients = vjp(
        [tensor],
        wrt.map((name) => inputs[name]!),
        [ct],
      );
      return bench.program(Object.fromEntries(wrt.map((name, i) => [name, gradients[i]!])))();
    },
  };
}

const inDouble = (value: NdArray): NdArray =>
  isFloat(value.dtype) ? array({ dtype: 'f64', shape: value.shape }, value.data) : value;
