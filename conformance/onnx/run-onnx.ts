import type { Tensor } from 'cotangent';
import type { OnnxCase } from '../cases/case.ts';
import { dtypesFor } from '../run/array-of.ts';
import { type Deviation, Experiment, type Settings } from '../run/experiment.ts';
import { onnxTolerance } from '../run/tolerance.ts';
import { unsupported } from '../run/unsupported.ts';
import { OnnxNode } from './onnx-node.ts';
import { onnxOperators } from './table.ts';

/** The outputs of one node test. */
export function runOnnx(one: OnnxCase, { backend, floats }: Settings): Deviation[] {
  const experiment = new Experiment(backend, dtypesFor([...one.inputs, ...one.outputs], floats));
  const adapter = Object.hasOwn(onnxOperators, one.op) ? onnxOperators[one.op]! : unsupported(`operator '${one.op}'`);
  const made = adapter(new OnnxNode(one, experiment));
  const outputs: readonly (Tensor | undefined)[] = Array.isArray(made) ? made : [made];
  for (const [k, expected] of one.outputs.entries())
    if (expected !== null)
      experiment.want(`output ${expected.name ?? k}`, outputs[k], expected, onnxTolerance(expected.dtype));
  return experiment.compare();
}
