import type { Node } from '../../../graph/graph.ts';
import type { AnyOp } from '../../../graph/op.ts';
import { barrierOp } from '../../../ops/control/barrier.ts';
import { customVjpOp } from '../../../ops/control/custom-vjp.ts';
import { stopGradientOp } from '../../../ops/control/stop-gradient.ts';
import { reshapeOp } from '../../../ops/shape/reshape.ts';
import type { Kernel } from '../kernels/kernel.ts';

/** A value that lies in another's memory. */
export interface View {
  /** The node whose memory it is; no view itself. */
  readonly root: string;
  /** Bytes from where that begins. */
  readonly offset: number;
}

/** Operators whose result is an input under another type or name, by their kernels: records of custom rules share one. */
const renaming: ReadonlyMap<AnyOp['kernel'], string> = new Map<AnyOp['kernel'], string>([
  [reshapeOp.kernel, 'x'],
  [barrierOp.kernel, 'x'],
  [stopGradientOp.kernel, 'x'],
  [customVjpOp.kernel, 'result'],
]);

/** The views among nodes: they take no time and no memory. Kernels may make views too, by their `alias`. */
export function viewsOf(nodes: readonly Node[], kernelOf: (node: Node) => Kernel | undefined): Map<string, View> {
  const views = new Map<string, View>();
  for (const node of nodes) {
    const renamed = renaming.get(node.op.kernel);
    const alias = renamed === undefined ? kernelOf(node)?.alias : { input: renamed, offset: 0 };
    if (alias === undefined) continue;
    const source = node.inputs[alias.input]!;
    const { root, offset } = views.get(source) ?? { root: source, offset: 0 };
    views.set(node.id, { root, offset: offset + alias.offset });
  }
  return views;
}
