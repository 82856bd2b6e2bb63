import { vjp } from '../../autodiff/vjp.ts';
import type { Arrays } from '../../backends/backend.ts';
import type { GraphBuilder } from '../../graph/builder.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { drawCotangent } from '../draw.ts';
import { Random } from '../random.ts';

/** A function to be shown, as graph and as code. */
interface Written {
  readonly inputs: { readonly [name: string]: Tensor };
  readonly values: Arrays;
  readonly wrt: readonly string[];
  readonly cotangent: string;
  readonly jax: string | undefined;
  readonly y: Tensor;
  /** The input that is looked at: one of `wrt`. */
  readonly input: string;
}

/**
 * The gradient that a failure of a higher order is about, as a function of its own: `x.w` is the derivative by w of the
 * gradient for x, which has the cotangent `ct1` as a further input. Undefined where cotangents are differentiated by on the way.
 */
export function gradientAt(
  place: string,
  { y, cotangent, jax, ...shown }: Omit<Written, 'input'>,
  { g, seed }: { readonly g: GraphBuilder; readonly seed: number },
): Written | undefined {
  const [input, ...rest] = place.split('.');
  const isInput = input !== undefined && shown.wrt.includes(input);
  // `ct`, `ct.x`, `ct.x.w`: the cotangent of the value, of a gradient, of that one's gradient.
  if (input === 'ct') return { ...shown, y, cotangent, jax, input: `ct${rest.length + 1}` };
  if (!isInput) return undefined;
  if (rest.length === 0) return { ...shown, y, cotangent, jax, input };
  const name = `ct${Object.keys(shown.values).filter((key) => /^ct\d$/.test(key)).length + 1}`;
  const value = drawCotangent(y, new Random(seed).fork(name));
  const values = { ...shown.values, [name]: value };
  const ct = g.input(name, value);
  const [gradient] = vjp([y], [shown.inputs[input]!], [ct]);
  return gradientAt(
    rest.join('.'),
    {
      inputs: { ...shown.inputs, [name]: ct },
      values,
      wrt: [...shown.wrt, name],
      y: gradient!,
      cotangent: `vjp([${cotangent}], [${input}], [${name}])[0]`,
      jax: jax && `jax.vjp(lambda ${input}: ${jax}, ${input})[1](${name})[0]`,
    },
    { g, seed },
  );
}
