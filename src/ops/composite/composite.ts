import { describe } from '../../graph/builder.ts';
import { CotangentError, GraphError } from '../../graph/error.ts';
import { captureOrigin, locate } from '../../graph/source.ts';
import type { Tensor } from '../../graph/tensor.ts';

/**
 * Runs the body of a composite in a scope of its name. What it refuses by itself is told like an operator's refusal:
 * with the operands, their types and where they were made.
 */
export function composite<T>(
  name: string,
  operands: { readonly [name: string]: Tensor | undefined },
  body: () => T,
): T {
  const given = Object.entries(operands).flatMap(([key, t]): [string, Tensor][] => (t === undefined ? [] : [[key, t]]));
  return given[0]![1].graph.scope(name, () => {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof CotangentError) || error instanceof GraphError) throw error;
      const { code, summary, details, fix } = error;
      const at = locate(captureOrigin());
      const where = at === undefined ? [] : [`in ${name}, called at ${at}`];
      const told = given.map(([key, t]) => describe(key, t));
      throw new GraphError({ code, summary, details: [...where, ...told, ...details], fix }, name);
    }
  });
}
