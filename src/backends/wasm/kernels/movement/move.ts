import { bytesPerElement } from '../../../../graph/dtype.ts';
import type { Shape } from '../../../../graph/shape.ts';
import type { Type } from '../../../../graph/type.ts';
import type { Kernel, KernelCode, Placement } from '../kernel.ts';
import type { Path } from './strided-axes.ts';
import { type ElementBytes, stridedCopy } from './strided-copy.ts';

/** Bytes of an element, for copies. */
export const elementBytes = ({ dtype }: Type): ElementBytes => bytesPerElement[dtype] as ElementBytes;

/** A kernel that copies elements of `x` to the result, from one path to another. */
export function move(name: string, type: Type, shape: Shape, from: Path, to: Path): Kernel {
  const copy = (code: KernelCode, { inputs, output }: Placement): void =>
    stridedCopy(code, elementBytes(type), shape, { ...from, base: inputs.x!.address }, { ...to, base: output.address });
  return { name, phases: [copy] };
}
