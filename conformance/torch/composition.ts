import type { Tensor } from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import type { Inputs, Outputs } from './adapter.ts';
import { torchFunctions } from './table.ts';

/** One call of a composition; `other` and `exponent` may be numbers among the attributes. */
export interface TorchNode {
  readonly op: string;
  readonly attributes: { readonly [name: string]: unknown };
  /** Names of tensors by argument; a list of names for a list argument. */
  readonly inputs: { readonly [argument: string]: string | readonly string[] };
  readonly outputs: readonly string[];
}

/** Calls one of PyTorch's functions by name. */
export function call(op: string, inputs: { readonly [argument: string]: Tensor }, attributes: object): Outputs {
  const adapter = Object.hasOwn(torchFunctions, op) ? torchFunctions[op]! : unsupported(`function '${op}'`);
  return adapter(inputs as Inputs, attributes);
}

/** Runs the nodes in order; the tensors by name, the given ones among them. */
export function runNodes(nodes: readonly TorchNode[], given: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const tensors = new Map(given);
  for (const { op, attributes, inputs, outputs } of nodes) {
    const named: { [argument: string]: Tensor } = {};
    const take = (argument: string, name: string): void => {
      const tensor = tensors.get(name);
      if (tensor === undefined) throw new Error(`node ${op} reads '${name}', which nothing before it makes`);
      named[argument] = tensor;
    };
    for (const [argument, names] of Object.entries(inputs))
      if (typeof names === 'string') take(argument, names);
      else for (const [k, name] of names.entries()) take(`${argument}[${k}]`, name);
    const made = Object.values(call(op, named, attributes));
    for (const [k, name] of outputs.entries()) tensors.set(name, made[k]!);
  }
  return tensors;
}
