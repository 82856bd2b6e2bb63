import type * as FastCheck from 'fast-check';
import type { Degree, Draw } from '../../../graph/op.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import type { ExternalInput } from '../external.ts';
import { type ForeignOperator, f64, type Geometry, seeded } from '../foreign-operator.ts';

/** An operator that bridges may offer: a function of cotangent/ops by its own name and options. */
export interface BridgeOperator extends ForeignOperator {
  readonly op: string;
}

/** An operator of one family, drawn with f64 inputs. */
export function bridged<A extends object>(
  op: string,
  words: string,
  geometries: (fc: typeof FastCheck) => FastCheck.Arbitrary<Geometry<A>>,
  reference: (inputs: { readonly [name: string]: Tensor }, attributes: A) => Tensor,
): BridgeOperator {
  const operator: ForeignOperator<A> = {
    name: words === '' ? op : `${op} ${words}`,
    cases: (fc) => seeded(fc, geometries(fc)),
    reference,
  };
  return { ...operator, op };
}

/** An input of a degree, drawn in a way. */
export const real = (shape: readonly number[], degree: Degree = 1, draw?: Draw): ExternalInput =>
  f64(shape, { degree, ...(draw && { draw }) });
