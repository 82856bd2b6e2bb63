import type { DType } from '../graph/dtype.ts';
import { GraphError } from '../graph/error.ts';
import { type AnyOp, type Rule, zero } from '../graph/op.ts';
import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { customVjpOp } from '../ops/control/custom-vjp.ts';

type Inputs = { readonly [name: string]: Tensor };

/** A gradient rule of the user's own: from the inputs, the result `y` and its cotangent `ct` to one cotangent per input. */
export type CustomRule<I extends Inputs> = (values: I & { readonly y: Tensor; readonly ct: Tensor }) => {
  readonly [K in keyof I]: Tensor;
};

/**
 * Computes `forward(inputs)`, but differentiates by `rule` in place of the rules of what `forward` is made of.
 * The rule builds graph, so it is itself differentiated for higher orders. Inputs that `forward` merely closes over
 * get no gradient: name them.
 *
 * @throws GraphError `grad/custom-rule` when the rule returns nothing for an input.
 */
export function customVjp<const I extends Inputs, S extends Shape, D extends DType>(
  inputs: I,
  forward: (inputs: I) => Tensor<S, D>,
  rule: CustomRule<I>,
): Tensor<S, D> {
  const result = forward(inputs);
  const pulled = new Map<Tensor, { readonly [name: string]: Tensor }>();
  const names = Object.keys(inputs);
  const pull: Rule<string, object> = ({ y, ct }, _, key) => {
    let cts = pulled.get(ct!);
    if (cts === undefined) {
      cts = rule({ ...inputs, y: y!, ct: ct! });
      pulled.set(ct!, cts);
    }
    const name = names[Number(key.slice(1))]!;
    return cts[name] ?? refuseIncomplete(name);
  };
  // One record per call, since the rule is this call's own; files keep the shared record, whose rule is missing.
  const vjp = { x: pull, result: zero('replaced by the custom rule') };
  const op: AnyOp = { ...customVjpOp, name: customVjpOp.name, vjp };
  const numbered = Object.fromEntries(names.map((name, i) => [`x${i}`, inputs[name]!]));
  // Nodes are typed at run time; this one's type is its result's.
  return result.graph.emit(op, { ...numbered, result }, {}) as unknown as Tensor<S, D>;
}

function refuseIncomplete(key: string): never {
  throw new GraphError(
    {
      code: 'grad/custom-rule',
      summary: `the custom rule returns no cotangent for '${key}'`,
      fix: 'return one tensor per named input; zerosLike(x) where the derivative is zero.',
    },
    customVjpOp.name,
  );
}
