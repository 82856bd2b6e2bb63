import type { Arrays } from '../../../backends/backend.ts';
import { array, type NdArray } from '../../../graph/nd-array.ts';
import type { Campaign } from '../../fuzz/campaign.ts';
import { campaignsOf } from '../campaigns-of.ts';
import { evaluate } from '../expression.ts';
import type { ForeignCase } from '../foreign-operator.ts';
import type { JaxArray, JaxJs } from './jax-js.ts';
import { type JaxOperator, jaxOperators } from './jax-operators.ts';
import { jaxSnippet } from './jax-snippet.ts';

/** Campaigns against jax-js, on a device that has been initialised and made the default. */
export function jaxJsCampaigns(jax: JaxJs): Campaign<ForeignCase>[] {
  const { lax, nn, numpy: np } = jax;
  const inward = ({ data, shape }: NdArray): JaxArray => np.array(Float32Array.from(data)).reshape(shape);
  const outward = async (result: JaxArray): Promise<NdArray> => {
    const shape = [...result.shape];
    return array({ dtype: 'f32', shape }, await result.data());
  };
  const bound = ({ call }: JaxOperator, { attributes }: ForeignCase, names: readonly string[]) => {
    return (...inputs: JaxArray[]): JaxArray =>
      evaluate(
        call(attributes),
        { lax, nn, np },
        Object.fromEntries(names.map((name, i) => [name, inputs[i]])),
      ) as JaxArray;
  };
  const parts = (values: Arrays): { readonly names: string[]; readonly inputs: JaxArray[] } => ({
    names: Object.keys(values),
    inputs: Object.values(values).map(inward),
  });
  return campaignsOf<JaxOperator>({
    name: 'jax-js',
    precision: 'f32',
    operators: jaxOperators,
    forward: (op, drawn, values) => {
      const { names, inputs } = parts(values);
      return outward(bound(op, drawn, names)(...inputs));
    },
    vjp: async (op, drawn, values, ct) => {
      const { names, inputs } = parts(values);
      const [, pullBack] = jax.vjp(bound(op, drawn, names), inputs);
      const gradients = pullBack(inward(ct));
      const read = await Promise.all(names.map(async (name, i) => [name, await outward(gradients[i]!)] as const));
      return Object.fromEntries(read);
    },
    snippet: (op, drawn, finding) => ({ for: 'jax-js', code: jaxSnippet(op, drawn, finding) }),
  });
}
