import type { Arrays } from '../../backends/backend.ts';
import { foreignFunctions } from '../../backends/wasm/kernels/foreign.ts';
import { type Plan, plan } from '../../backends/wasm/plan/plan.ts';
import { assemble, pagesFor } from '../../backends/wasm/program.ts';
import { useRelaxedSimd } from '../../backends/wasm/relaxed-simd.ts';
import { webAssembly } from '../../backends/wasm/web-assembly.ts';
import type { DType, Storage } from '../../graph/dtype.ts';
import type { Graph } from '../../graph/graph.ts';
import { NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';

const views: { readonly [D in DType]: new (buffer: ArrayBuffer, at: number, length: number) => Storage[D] } = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  bool: Uint8Array,
};

/**
 * Runs a compiled graph as so many threads would, one after the other within each phase, the last one first: what one
 * leaves to another, or writes where another reads, shows every time. Undefined for graphs that leave a step to the
 * reference kernels. Only for graphs without states.
 */
export function inTurn(graph: Graph, feeds: Arrays, threads: number, exact: boolean = false): Arrays | undefined {
  const planned: Plan = plan(graph, exact);
  if (planned.steps.some(({ kernel }) => kernel === undefined)) return undefined;
  const pages = pagesFor(planned);
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages });
  const at = (id: string): NdArray => {
    const { type, address } = planned.operands.get(id)!;
    return new NdArray(type, new views[type.dtype](memory.buffer as ArrayBuffer, address, sizeOf(type.shape)));
  };
  const refuse = (): never => {
    throw new Error('a step was left to the reference kernel');
  };
  const module = new webAssembly.Module(assemble(planned, { relaxed: useRelaxedSimd(undefined) }));
  const { exports } = new webAssembly.Instance(module, { env: { memory, fallback: refuse, ...foreignFunctions } });
  for (const { address, bytes } of planned.tables) new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
  for (const node of planned.constants) node.op.kernel({}, node.attributes, at(node.id));
  for (const [name, value] of Object.entries(feeds)) at(graph.inputs[name]!).data.set(value.data);
  for (const [i, { kernel }] of planned.steps.entries())
    for (const k of kernel!.phases.keys())
      for (let thread = threads - 1; thread >= 0; thread--)
        (exports[`step${i}.${k}`] as (thread: number, threads: number) => void)(thread, threads);
  return Object.fromEntries(Object.entries(graph.outputs).map(([name, id]) => [name, at(id)]));
}
