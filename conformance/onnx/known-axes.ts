import type { OnnxNode } from './onnx-node.ts';

/** The axes of an operator that has them as an attribute before opset `since`, from then on as an input; undefined where not given. */
export function knownAxes(node: OnnxNode, since: number, input = 1): number[] | undefined {
  const axes = node.opset < since ? node.optionalInts('axes') : node.optionalNumbers(input);
  const rank = node.case(0).shape.length;
  return axes?.map((axis) => (axis < 0 ? axis + rank : axis));
}
