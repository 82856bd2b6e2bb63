import type { Node } from '../../../../graph/graph.ts';
import { stridesOf } from '../../../../graph/shape.ts';
import type { Type } from '../../../../graph/type.ts';
import { type ConcatAttributes, concatOp } from '../../../../ops/shape/concat.ts';
import type { KernelFor } from '../kernel.ts';
import { elementBytes } from './move.ts';
import type { Path } from './strided-axes.ts';
import { stridedCopy } from './strided-copy.ts';

/** Where each input's elements go in the result, which lies with `strides`; nowhere if the node copies none together. */
export function partsOf(
  { op, attributes }: Node,
  types: { readonly [input: string]: Type },
  strides: readonly number[],
): { readonly [input: string]: Path } {
  if (op.kernel !== concatOp.kernel) return {};
  const { axis } = attributes as ConcatAttributes;
  const names = Object.keys(types).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  let offset = 0;
  return Object.fromEntries(
    names.map((name) => {
      const here = { offset, strides };
      offset += types[name]!.shape[axis]! * strides[axis]!;
      return [name, here];
    }),
  );
}

/** Every input copied to its place along the axis, unless it is there. */
export const concatKernel: KernelFor = (node, types, _, layouts) => {
  const parts = Object.entries(partsOf(node, types, stridesOf(node.type.shape)));
  const missing = parts.filter(([name]) => !layouts.there.has(name));
  return {
    name: 'concat',
    phases: [
      (code, { inputs, output }) => {
        for (const [name, path] of missing) {
          const { address, type: x, strides = stridesOf(x.shape) } = inputs[name]!;
          const from = { base: address, offset: 0, strides };
          stridedCopy(code, elementBytes(x), x.shape, from, { base: output.address, ...path });
        }
      },
    ],
  };
};
