import type { Tensor } from 'cotangent';
import type { OnnxNode } from './onnx-node.ts';

/** One of ONNX's operators in terms of ours: its outputs in ONNX's order, the only one without a list. */
export type OnnxAdapter = (node: OnnxNode) => Tensor | readonly (Tensor | undefined)[];

/** ONNX's operators by name. */
export interface OnnxAdapters {
  readonly [op: string]: OnnxAdapter;
}

/** An operator of one tensor. */
export const unary =
  (f: (x: Tensor) => Tensor): OnnxAdapter =>
  (node) =>
    f(node.x(0));
