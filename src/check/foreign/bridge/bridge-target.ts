import type { Arrays } from '../../../backends/backend.ts';
import { array, type NdArray } from '../../../graph/nd-array.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Campaign, Snippet } from '../../fuzz/campaign.ts';
import { campaignsOf } from '../campaigns-of.ts';
import type { ForeignCase } from '../foreign-operator.ts';
import type { ForeignTarget } from '../foreign-target.ts';
import { isHeld } from '../held.ts';
import { TargetError } from '../target-errors.ts';
import type { BridgeOperator } from './bridged.ts';
import { bridgeOperators } from './operators.ts';
import type { BridgeRequest, Conversation, WireArray } from './protocol.ts';

/** Campaigns for those operators that a bridge says it has. */
export const bridgeCampaigns = (conversation: Conversation): Campaign<ForeignCase>[] =>
  campaignsOf(bridgeTarget(conversation));

function bridgeTarget({ greeting, ask }: Conversation): ForeignTarget<BridgeOperator> {
  const precision = greeting.precision ?? 'f32';
  const dtype = precision;
  const request = ({ op }: BridgeOperator, { attributes }: ForeignCase, values: Arrays): BridgeRequest => ({
    op,
    attributes,
    inputs: outward(values),
  });
  return {
    name: greeting.name.split(' ')[0]!,
    precision,
    operators: bridgeOperators.filter(({ op }) => greeting.ops.includes(op)),
    forward: async (op, drawn, values) => {
      const { output, error } = await ask(request(op, drawn, values));
      if (error !== undefined) throw new Error(error);
      return inward(output, dtype);
    },
    vjp: async (op, drawn, values, ct) => {
      const wrt = Object.keys(values).filter((name) => !isHeld(drawn.inputs[name]!));
      const { gradients, missing, error } = await ask({ ...request(op, drawn, values), cotangent: wire(ct), wrt });
      const refusal = missing ?? error;
      if (refusal !== undefined) throw new Error(refusal);
      return Object.fromEntries(
        Object.entries(gradients ?? {}).map(([name, gradient]) => [name, inward(gradient, dtype)]),
      );
    },
    snippet: async (op, drawn, { values, ct, along = {}, step, fault, expected }): Promise<Snippet | undefined> => {
      const { snippet } = await ask({
        ...request(op, drawn, values),
        ...(ct && { cotangent: wire(ct) }),
        wrt: Object.keys(values).filter((name) => !isHeld(drawn.inputs[name]!)),
        explain: { fault, along: outward(along), step, ...(expected && { expected: wire(expected) }) },
      });
      return snippet === undefined ? undefined : { for: 'PyTorch', code: snippet };
    },
  };
}

const outward = (values: Arrays): { readonly [name: string]: WireArray } =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wire(value)]));

const wire = ({ dtype, shape, data }: NdArray): WireArray => ({
  dtype,
  shape,
  data: Array.from(data, (x) => (Number.isFinite(x) ? x : String(x))),
});

function inward(answer: Omit<WireArray, 'dtype'> | undefined, dtype: 'f32' | 'f64'): NdArray {
  const { shape, data } = answer ?? {};
  const fits = Array.isArray(shape) && Array.isArray(data) && shape.every(Number.isInteger);
  if (!fits || sizeOf(shape) !== data.length)
    throw new TargetError(`the target answers ${JSON.stringify(answer)?.slice(0, 100)}, not an array with its shape`);
  return array({ dtype, shape }, data.map(Number));
}
