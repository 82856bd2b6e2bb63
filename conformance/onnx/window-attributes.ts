import type { OnnxNode } from './onnx-node.ts';

/** The attributes that ONNX's window operators share, per spatial axis. */
export interface WindowAttributes {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly (readonly [number, number])[] | 'same-upper' | 'same-lower' | 'valid';
}

/** Reads them; the kernel's size is an attribute or follows from the weights' shape. */
export function windowAttributes(node: OnnxNode, kernel: readonly number[]): WindowAttributes {
  const ones = kernel.map(() => 1);
  return {
    kernel,
    stride: node.ints('strides', ones),
    dilation: node.ints('dilations', ones),
    padding: paddingOf(node, kernel.length),
  };
}

/** ONNX writes all low ends, then all high ones. */
export const pairs = (ends: readonly number[]): (readonly [number, number])[] =>
  ends.slice(0, ends.length / 2).map((low, k) => [low, ends[ends.length / 2 + k]!]);

function paddingOf(node: OnnxNode, rank: number): WindowAttributes['padding'] {
  switch (node.text<string>('auto_pad', 'NOTSET')) {
    case 'SAME_UPPER':
      return 'same-upper';
    case 'SAME_LOWER':
      return 'same-lower';
    case 'VALID':
      return 'valid';
    default:
      return pairs(node.ints('pads', new Array<number>(2 * rank).fill(0)));
  }
}
