import { allocate, type DType, type Storage } from '../../graph/dtype.ts';
import { type Graph, liveIds } from '../../graph/graph.ts';
import { isInput } from '../../graph/input.ts';
import { sizeOf } from '../../graph/shape.ts';

type Buffer = Storage[DType];

/**
 * Assigns every live computed node a buffer, in execution order. A buffer serves again once its last reader has run,
 * so memory is that of the widest moment, not of the whole graph, and stays the same from run to run.
 */
export function planBuffers(graph: Graph): Map<string, Buffer> {
  const live = liveIds(graph);
  const lastReader = new Map<string, string>();
  for (const node of graph.nodes)
    if (live.has(node.id)) for (const id of Object.values(node.inputs)) lastReader.set(id, node.id);
  for (const id of [...Object.values(graph.outputs), ...Object.values(graph.updates)]) lastReader.delete(id);

  const assigned = new Map<string, Buffer>();
  const free = new Map<string, Buffer[]>();
  for (const node of graph.nodes) {
    if (!live.has(node.id) || isInput(node)) continue;
    const { dtype, shape } = node.type;
    const key = `${dtype}:${sizeOf(shape)}`;
    assigned.set(node.id, free.get(key)?.pop() ?? allocate(dtype, sizeOf(shape)));
    for (const id of new Set(Object.values(node.inputs))) {
      const buffer = assigned.get(id);
      if (buffer === undefined || lastReader.get(id) !== node.id) continue;
      const kind = `${dtypeOf(buffer)}:${buffer.length}`;
      const waiting = free.get(kind);
      if (waiting === undefined) free.set(kind, [buffer]);
      else waiting.push(buffer);
    }
  }
  return assigned;
}

function dtypeOf(buffer: Buffer): DType {
  if (buffer instanceof Float64Array) return 'f64';
  if (buffer instanceof Float32Array) return 'f32';
  return buffer instanceof Int32Array ? 'i32' : 'bool';
}
