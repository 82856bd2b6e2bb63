import { stridesOf } from '../../../../graph/shape.ts';
import type { ConcatAttributes } from '../../../../ops/shape/concat.ts';
import type { KernelFor } from '../kernel.ts';
import { elementBytes } from './move.ts';
import { stridedCopy } from './strided-copy.ts';

/** Every input copied to its place along the axis. */
export const concatKernel: KernelFor = ({ attributes, type }, types, _, layouts) => {
  const { axis } = attributes as ConcatAttributes;
  const strides = stridesOf(type.shape);
  const names = Object.keys(types).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  return {
    name: 'concat',
    phases: [
      (code, { inputs, output }) => {
        let offset = 0;
        for (const name of names) {
          const { address, type: x } = inputs[name]!;
          const from = { base: address, offset: 0, strides: layouts.inputs[name] ?? stridesOf(x.shape) };
          stridedCopy(code, elementBytes(type), x.shape, from, { base: output.address, offset, strides });
          offset += x.shape[axis]! * strides[axis]!;
        }
      },
    ],
  };
};
