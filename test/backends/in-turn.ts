import { foreignFunctions } from '../../src/backends/wasm/kernels/foreign.ts';
import { type Plan, plan } from '../../src/backends/wasm/plan/plan.ts';
import { assemble, pagesFor } from '../../src/backends/wasm/program.ts';
import { webAssembly } from '../../src/backends/wasm/web-assembly.ts';
import type { Graph, NdArray } from '../../src/graph/index.ts';
import { NdArray as Numbers, sizeOf } from '../../src/graph/index.ts';

const views = { f64: Float64Array, f32: Float32Array, i32: Int32Array, bool: Uint8Array } as const;

/**
 * Runs a compiled graph as so many threads would, one after the other within each phase, the last one first: what one
 * leaves to another, or writes where another reads, shows. Only for graphs without states that leave nothing to the
 * reference kernels.
 */
export function inTurn(graph: Graph, feeds: { readonly [name: string]: NdArray }, threads: number): NdArray[] {
  const planned: Plan = plan(graph);
  const pages = pagesFor(planned);
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages });
  const at = (id: string): Numbers => {
    const { type, address } = planned.operands.get(id)!;
    return new Numbers(type, new views[type.dtype](memory.buffer as ArrayBuffer, address, sizeOf(type.shape)));
  };
  const none = (): never => {
    throw new Error('a step was left to the reference kernel');
  };
  const module = new webAssembly.Module(assemble(planned, { relaxed: false }));
  const { exports } = new webAssembly.Instance(module, { env: { memory, fallback: none, ...foreignFunctions } });
  for (const { address, bytes } of planned.tables) new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
  for (const node of planned.constants) node.op.kernel({}, node.attributes, at(node.id));
  for (const [name, value] of Object.entries(feeds)) at(graph.inputs[name]!).data.set(value.data);
  for (const [i, { kernel }] of planned.steps.entries())
    for (const k of (kernel ?? none()).phases.keys())
      for (let thread = threads - 1; thread >= 0; thread--)
        (exports[`step${i}.${k}`] as (thread: number, threads: number) => void)(thread, threads);
  return Object.values(graph.outputs).map(at);
}
