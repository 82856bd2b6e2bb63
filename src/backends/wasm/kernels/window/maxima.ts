import type { Node } from '../../../../graph/graph.ts';
import type { Type } from '../../../../graph/type.ts';
import { type ArgmaxWindowAttributes, argmaxWindowOp } from '../../../../ops/window/argmax-window.ts';
import type { GatherAttributes } from '../../../../ops/window/gather.ts';
import type { Kernel, KernelFor, Layouts, Takes } from '../kernel.ts';
import { isDense } from '../movement/paths.ts';
import { type Target, windowMaxima } from './window-maxima.ts';

/** Of a node that gathers, the input with positions if they are those of window maxima of the very values it reads. */
export function readsMaxima({ inputs, attributes }: Node, byId: ReadonlyMap<string, Node>): string | undefined {
  const at = byId.get(inputs.at!)!;
  const x = byId.get(inputs.x!)!;
  if (at.op.kernel !== argmaxWindowOp.kernel || at.inputs.x !== inputs.x) return undefined;
  const { axes } = at.attributes as ArgmaxWindowAttributes;
  return (attributes as GatherAttributes).batch === x.type.shape.length - axes.length ? 'at' : undefined;
}

/** Positions of window maxima and the maxima themselves, or either, in one pass. */
export function maximaAndPositions(
  first: Node,
  others: readonly Node[],
  { x }: { readonly [input: string]: Type },
  { inputs: { x: strides } }: Layouts,
  results: readonly string[],
): Kernel {
  const wanted = [
    { id: first.id, wanted: 'position' },
    ...others.map(({ id }) => ({ id, wanted: 'value' }) as const),
  ] as const;
  const name = results.includes(first.id) ? 'window maxima and positions' : 'window maxima';
  return {
    name,
    phases: [
      (code, { inputs, outputs }) => {
        const targets = wanted.flatMap(({ id, wanted }): Target[] =>
          results.includes(id) ? [{ wanted, address: outputs[id]!.address }] : [],
        );
        const attributes = first.attributes as ArgmaxWindowAttributes;
        windowMaxima(code, { x: x!, strides, y: first.type, attributes }, inputs.x!.address, targets);
      },
    ],
  };
}

/** Positions of window maxima. */
export const argmaxWindowKernel: KernelFor = ({ type: y, attributes }, { x }, _, { inputs: { x: strides } }) => ({
  name: 'argmaxWindow',
  phases: [
    (code, { inputs, output: { address } }) => {
      const what = { x: x!, strides, y, attributes: attributes as ArgmaxWindowAttributes };
      windowMaxima(code, what, inputs.x!.address, [{ wanted: 'position', address }]);
    },
  ],
});

/** Planes may lie anywhere, each row-major. */
export const argmaxWindowTakes: Takes = ({ attributes }, { x }, _, strides) => {
  const lead = x!.shape.length - (attributes as ArgmaxWindowAttributes).axes.length;
  return isDense(x!.shape.slice(lead), strides.slice(lead));
};
