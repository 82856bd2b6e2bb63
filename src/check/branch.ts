import type { Arrays } from '../backends/backend.ts';
import { isFloat } from '../graph/dtype.ts';
import { isInput } from '../graph/input.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { AnyOp } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';
import { degreeOf } from './subject.ts';
import type { Workbench } from './workbench.ts';

/** What a function says itself of the piece that its inputs are on. */
export type Branch = (inputs: Arrays) => ArrayLike<number>;

/** Whether values, in place of a workbench's own, leave a function on the piece that it is on. */
export type Certificate = (changes: Arrays) => boolean;

/**
 * Follows all choices on the way to a tensor: results that are no floats, results that are constant on every piece, and
 * what operators say of their pieces. Where none of them changes, the tensor is on one piece.
 */
export function certificateOf(bench: Workbench, y: Tensor, own?: Branch): Certificate {
  const byId = new Map(bench.g.tensors.map((tensor) => [tensor.id, tensor]));
  const outputs: { [name: string]: Tensor } = {};
  const asked: {
    readonly op: AnyOp;
    readonly attributes: object;
    readonly inputs: Readonly<Record<string, string>>;
  }[] = [];
  const watch = (tensor: Tensor): string => {
    outputs[tensor.id] = tensor;
    return tensor.id;
  };
  for (const tensor of pathTo(y, byId)) {
    const { node } = tensor;
    if (isInput(node)) continue;
    if (node.op.branch !== undefined) {
      const inputs = Object.entries(node.inputs).map(([name, id]) => [name, watch(byId.get(id)!)] as const);
      asked.push({ op: node.op, attributes: node.attributes, inputs: Object.fromEntries(inputs) });
    } else if (isConstantOnPieces(tensor, byId)) watch(tensor);
  }
  const watched = new Set(Object.keys(outputs).filter((id) => isConstantOnPieces(byId.get(id)!, byId)));
  const program = Object.keys(outputs).length === 0 ? undefined : bench.program(outputs);
  const piecesAt = (changes: Arrays): ArrayLike<number>[] => {
    const values = program?.(changes) ?? {};
    const pieces: ArrayLike<number>[] = [...watched].map((id) => values[id]!.data);
    for (const { op, attributes, inputs } of asked) {
      const operands = Object.entries(inputs).map(([name, id]) => [name, values[id]!] as const);
      pieces.push(op.branch!(Object.fromEntries(operands) as { [name: string]: NdArray }, attributes));
    }
    if (own !== undefined) pieces.push(own({ ...bench.feeds, ...changes }));
    return pieces;
  };
  if (program === undefined && own === undefined) return () => true;
  return (changes) => {
    const centre = piecesAt({});
    const there = piecesAt(changes);
    return there.every((piece, k) => sameNumbers(piece, centre[k]!));
  };
}

/** All that a tensor is made of. */
function pathTo(y: Tensor, byId: ReadonlyMap<string, Tensor>): ReadonlySet<Tensor> {
  const found = new Set<Tensor>([y]);
  for (const tensor of found) for (const id of Object.values(tensor.node.inputs)) found.add(byId.get(id)!);
  return found;
}

/** Whether a result can only jump: no float, or of degree 0 in every float that it is made of. */
function isConstantOnPieces({ node, dtype }: Tensor, byId: ReadonlyMap<string, Tensor>): boolean {
  const operands = Object.entries(node.inputs);
  if (isInput(node) || operands.length === 0) return false;
  if (!isFloat(dtype)) return true;
  return operands.every(([name, id]) => !isFloat(byId.get(id)!.dtype) || degreeOf(node.op, name) === 0);
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i]! + 0, b[i]! + 0)) return false;
  return a.length === b.length;
}
