import { CotangentError } from '../../graph/error.ts';
import type { Graph } from '../../graph/graph.ts';
import { nodesById } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { array, NdArray } from '../../graph/nd-array.ts';
import type { Arrays, Backend, Executable, Live } from '../backend.ts';
import { checkFeeds, StateStore } from '../state-store.ts';
import { planBuffers } from './plan-buffers.ts';

/** Runs every node by its operator's own kernel, in order: the definition that other backends are held against. */
export const reference: Backend = { name: 'reference', compile: (graph) => new ReferenceExecutable(graph) };

class ReferenceExecutable implements Executable {
  readonly graph: Graph;
  readonly #state: StateStore;
  #steps: readonly (() => void)[] | undefined;
  readonly #values = new Map<string, NdArray>();

  constructor(graph: Graph) {
    this.graph = graph;
    this.#state = new StateStore(graph);
    this.#steps = this.#prepare();
  }

  run(inputs: Arrays = {}): Arrays {
    this.#open();
    checkFeeds(this.graph, inputs);
    this.#compute(inputs);
    const outputs = Object.fromEntries(Object.entries(this.graph.outputs).map(([name, id]) => [name, this.#copy(id)]));
    this.#update();
    return outputs;
  }

  live(): Live {
    this.#open();
    const typed = (ids: { readonly [name: string]: string }): [string, NdArray][] =>
      Object.entries(ids).map(([name, id]) => [name, array(nodesById(this.graph).get(id)!.type)]);
    const leaves = this.graph.nodes.filter(isInput).map(inputAttributes);
    for (const { name, role } of leaves) if (role !== 'input') this.#state.get(name);
    const fed = leaves.filter(({ role }) => role === 'input').map(({ name }) => [name, this.graph.inputs[name]!]);
    const [inputs, outputs] = [Object.fromEntries(typed(Object.fromEntries(fed))), typed(this.graph.outputs)];
    const run = (): void => {
      this.#compute(inputs);
      for (const [name, { data }] of outputs) data.set(this.#values.get(this.graph.outputs[name]!)!.data);
      this.#update();
    };
    return { inputs, outputs: Object.fromEntries(outputs), run };
  }

  read(name: string): NdArray {
    const value = this.#state.get(name);
    return array(value, value.data);
  }

  write(name: string, value: NdArray): void {
    this.#state.set(name, value);
  }

  close(): void {
    this.#steps = undefined;
    this.#values.clear();
  }

  #open(): readonly (() => void)[] {
    if (this.#steps !== undefined) return this.#steps;
    throw new CotangentError({
      code: 'run/closed',
      summary: 'this executable was closed',
      fix: 'compile the graph again.',
    });
  }

  #compute(inputs: Arrays): void {
    const steps = this.#open();
    for (const node of this.graph.nodes) {
      if (!isInput(node)) continue;
      const { name, role } = inputAttributes(node);
      this.#values.set(node.id, role === 'input' ? inputs[name]! : this.#state.get(name));
    }
    for (const step of steps) step();
  }

  /** All updates are read before any is written: they are simultaneous. */
  #update(): void {
    const updates = Object.entries(this.graph.updates).map(([name, id]) => [name, this.#copy(id)] as const);
    for (const [name, value] of updates) this.#state.set(name, value);
  }

  #copy(id: string): NdArray {
    const value = this.#values.get(id)!;
    return array(value, value.data);
  }

  /** One closure per live node, its result in a buffer that the plan assigned. */
  #prepare(): (() => void)[] {
    const byId = nodesById(this.graph);
    const steps: (() => void)[] = [];
    for (const [id, data] of planBuffers(this.graph)) {
      const node = byId.get(id)!;
      const y = new NdArray(node.type, data);
      this.#values.set(id, y);
      const names = Object.entries(node.inputs);
      steps.push(() => {
        const operands: { [name: string]: NdArray } = {};
        for (const [name, from] of names) operands[name] = this.#values.get(from)!;
        y.data.fill(0);
        node.op.kernel(operands, node.attributes, y);
      });
    }
    return steps;
  }
}
