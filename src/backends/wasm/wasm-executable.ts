import type { DType, Storage } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Graph, Node } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { array, NdArray } from '../../graph/nd-array.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Arrays, Executable, Live } from '../backend.ts';
import { checkFeeds, StateStore } from '../state-store.ts';
import type { Tuner } from './kernels/conv/choosing.ts';
import { foreignFunctions } from './kernels/foreign.ts';
import type { Features, Operand } from './kernels/kernel.ts';
import { type Plan, plan } from './plan/plan.ts';
import { assemble, controlAddress, pagesFor } from './program.ts';
import { availableThreads, canShareMemory, maySleep, processors } from './threads/available-threads.ts';
import { control } from './threads/control.ts';
import { Crew, type Exports } from './threads/crew.ts';
import { Pace } from './threads/pace.ts';
import { isWorthwhile } from './threads/worthwhile.ts';
import { type WebAssemblyMemory, webAssembly } from './web-assembly.ts';

interface Threading {
  readonly threads: 'auto' | number;
  /** Seconds. */
  readonly lostAfter: number;
}

/** A graph compiled to one WebAssembly program in one memory. */
export class WasmExecutable implements Executable {
  readonly graph: Graph;
  readonly plan: Plan;
  readonly #written: StateStore;
  readonly #inputs: readonly { readonly name: string; readonly value: NdArray }[];
  readonly #states: readonly string[];
  readonly #updates: readonly (readonly [NdArray, NdArray])[];
  readonly #crew: Crew | undefined;
  #memory: WebAssemblyMemory | undefined;
  #exports: Exports | undefined;

  /** On that many threads; 'auto' is what pays, here and for this graph. */
  constructor(graph: Graph, features: Features, { threads, lostAfter }: Threading, exact: boolean, tuner?: Tuner) {
    this.graph = graph;
    this.plan = plan(graph, exact, tuner);
    const wanted = threads === 'auto' ? availableThreads() : canShareMemory() ? threads : 1;
    const most = threads === 'auto' && wanted > 1 && !isWorthwhile(graph, this.plan.steps) ? 1 : wanted;
    const pages = pagesFor(this.plan);
    const memory = new webAssembly.Memory({ initial: pages, maximum: pages, shared: most > 1 });
    this.#memory = memory;
    const sharing = most > 1 ? { firstMaySleep: maySleep(), crowded: most > processors(), lostAfter } : undefined;
    const module = new webAssembly.Module(assemble(this.plan, features, sharing));
    const imports = { ...foreignFunctions, memory, fallback: (step: number) => this.#fallback(step) };
    this.#exports = new webAssembly.Instance(module, { env: imports }).exports as unknown as Exports;
    const failedAt = controlAddress(this.plan) + control.failed;
    this.#crew =
      most > 1 ? new Crew({ module, memory, failedAt }, most, threads === 'auto' ? new Pace() : undefined) : undefined;
    const leaf = (name: string): NdArray => this.#at(this.plan.operands.get(graph.inputs[name]!)!);
    const leaves = graph.nodes.filter(isInput).map(inputAttributes);
    this.#inputs = leaves.filter(({ role }) => role === 'input').map(({ name }) => ({ name, value: leaf(name) }));
    this.#states = leaves.filter(({ role }) => role !== 'input').map(({ name }) => name);
    this.#written = new StateStore(graph, leaf);
    // What the plan writes straight over a state needs no copy.
    this.#updates = Object.entries(graph.updates)
      .map(([name, id]) => [this.plan.operands.get(graph.inputs[name]!)!, this.plan.operands.get(id)!] as const)
      .filter(([state, next]) => state.address !== next.address)
      .map(([state, next]) => [this.#at(state), this.#at(next)]);
    for (const { address, bytes } of this.plan.tables) new Uint8Array(memory.buffer, address).set(bytes);
    for (const node of this.plan.constants) this.#compute(node, {}, this.#at(this.plan.operands.get(node.id)!));
  }

  /** How many threads would run it now: workers may still be on their way, or already gone. */
  get threads(): number {
    return this.#crew?.threads ?? 1;
  }

  run(inputs: Arrays = {}): Arrays {
    this.#execute(this.#feed(inputs));
    const outputs = Object.fromEntries(
      Object.entries(this.graph.outputs).map(([name, id]) => [name, copyOf(this.#at(this.plan.operands.get(id)!))]),
    );
    this.#update();
    return outputs;
  }

  live(): Live {
    this.#open();
    this.#checkStates();
    const given = Object.entries(this.graph.outputs).map(([name, id]) => {
      const operand = this.plan.operands.get(id)!;
      const value = this.#at(operand);
      // What stays in memory may be fed, or updated, before anybody reads it.
      return { name, value, shown: operand.address < this.plan.persistent ? copyOf(value) : value };
    });
    const kept = given.filter(({ value, shown }) => value !== shown);
    return {
      inputs: Object.fromEntries(this.#inputs.map(({ name, value }) => [name, value])),
      outputs: Object.fromEntries(given.map(({ name, shown }) => [name, shown])),
      run: () => {
        this.#execute(this.#open());
        for (let k = 0; k < kept.length; k++) kept[k]!.shown.data.set(kept[k]!.value.data);
        this.#update();
      },
    };
  }

  /**
   * Runs the program on one thread, step by step, and returns how long each took: seconds, the shortest of `rounds` rounds.
   * States are updated every time.
   */
  timeSteps(inputs: Arrays = {}, rounds: number = 5): number[] {
    const exports = this.#feed(inputs);
    const shortest = this.plan.steps.map(() => Number.POSITIVE_INFINITY);
    const phases = this.plan.steps.map(({ kernel }, i) =>
      kernel === undefined ? [() => this.#fallback(i)] : kernel.phases.map((_, k) => exports[`step${i}.${k}`]!),
    );
    for (let round = 0; round < rounds; round++) {
      for (const [i, functions] of phases.entries()) {
        const from = performance.now();
        for (const phase of functions) phase(0, 1);
        shortest[i] = Math.min(shortest[i]!, (performance.now() - from) / 1000);
      }
      this.#update();
    }
    return shortest;
  }

  read(name: string): NdArray {
    return copyOf(this.#written.get(name));
  }

  write(name: string, value: NdArray): void {
    this.#written.set(name, value);
  }

  close(): void {
    this.#memory = undefined;
    this.#exports = undefined;
    this.#crew?.leave();
  }

  /** Refuses what cannot run, and puts the inputs in their places. */
  #feed(inputs: Arrays): Exports {
    const exports = this.#open();
    checkFeeds(this.graph, inputs);
    this.#checkStates();
    for (const { name, value } of this.#inputs) value.data.set(inputs[name]!.data);
    return exports;
  }

  /** Refuses to run while a parameter or state was never written. */
  #checkStates(): void {
    for (const name of this.#states) this.#written.get(name);
  }

  #open(): Exports {
    if (this.#exports !== undefined) return this.#exports;
    throw new CotangentError({
      code: 'run/closed',
      summary: 'this executable was closed',
      fix: 'compile the graph again.',
    });
  }

  #execute(exports: Exports): void {
    const failed = this.#crew === undefined ? exports.run(0, 1) : this.#crew.run(exports);
    if (failed > 0) this.#fallback(failed - 1);
    if (failed !== 0) throw new Error('a thread broke off');
  }

  /** All updates are read before any is written where one lies in a state's memory. */
  #update(): void {
    if (this.#updates.length === 0) return;
    const next = this.#updates.map(([, value]) =>
      value.data.byteOffset < this.plan.persistent ? value.data.slice() : value.data,
    );
    for (const [i, [state]] of this.#updates.entries()) state.data.set(next[i]!);
  }

  #fallback(step: number): void {
    const { node, kernel, at } = this.plan.steps[step]!;
    this.#compute(node, at.inputs, kernel === undefined ? this.#at(at.output) : array(node.type));
    // A kernel calls only where it met values that the operator refuses, which raises.
    if (kernel !== undefined) throw new Error(`${kernel.name} refuses what ${node.op.name} takes (node ${node.id})`);
  }

  #compute(node: Node, inputs: { readonly [name: string]: Operand }, y: NdArray): void {
    const values = Object.fromEntries(Object.entries(inputs).map(([name, operand]) => [name, this.#at(operand)]));
    y.data.fill(0);
    node.op.kernel(values, node.attributes, y);
  }

  /** A window on memory. */
  #at({ type, address }: Operand): NdArray {
    return new NdArray(type, view(this.#memory!.buffer, type.dtype, address, sizeOf(type.shape)));
  }
}

function view(buffer: ArrayBufferLike, dtype: DType, address: number, length: number): Storage[DType] {
  if (dtype === 'f64') return new Float64Array(buffer, address, length);
  if (dtype === 'f32') return new Float32Array(buffer, address, length);
  return dtype === 'i32' ? new Int32Array(buffer, address, length) : new Uint8Array(buffer, address, length);
}

const copyOf = (value: NdArray): NdArray => array(value, value.data);
