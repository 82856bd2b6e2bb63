import type { Arrays, Backend, Executable, Live } from '../backends/backend.ts';
import { reference } from '../backends/reference/reference.ts';
import { wasmWith } from '../backends/wasm/wasm.ts';
import { type Graph, liveIds } from '../graph/graph.ts';
import { array } from '../graph/nd-array.ts';
import { costsOf } from './costs.ts';

/** Runs a graph at a workbench's values, some of them replaced. */
export interface Program {
  (changes?: Arrays): Arrays;
  /** The inputs that its results depend on. */
  readonly inputs: readonly string[];
  /** The memory that it runs in, with the workbench's values: to be changed in place and run over and over. */
  live(): Live;
  /**
   * Says that so many runs are to come, after which the compiled backend may take over: not between runs that have to
   * give the same bits, which smooth functions do not on another backend.
   */
  expect(runs: number): void;
}

/** On the draws that ask for equality, nothing may be rounded. */
const compiled = wasmWith({ threads: 1, exact: true });

/** A graph ready to run on the backend named, or on the one that is done sooner. */
export function programOf(graph: Graph, feeds: Arrays, backend?: Backend): Program {
  let executable: Executable = (backend ?? reference).compile(graph);
  let memory = executable.live();
  const costs = backend === undefined ? costsOf(graph) : undefined;
  let saved = 0;
  let isCompiled = false;
  const needed = liveIds(graph);
  const names = Object.keys(graph.inputs).filter((name) => needed.has(graph.inputs[name]!));
  const live = (): Live => {
    for (const name of names) memory.inputs[name]!.data.set(feeds[name]!.data);
    return memory;
  };
  const expect = (runs: number): void => {
    if (costs === undefined || isCompiled) return;
    saved += runs * costs.savedPerRun;
    if (saved < costs.compiling) return;
    isCompiled = true;
    executable.close();
    executable = compiled.compile(graph);
    memory = executable.live();
  };
  const run = (changes: Arrays = {}): Arrays => {
    const { inputs, outputs, run } = live();
    for (const [name, { data }] of Object.entries(changes)) inputs[name]?.data.set(data);
    run();
    return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, array(value, value.data)]));
  };
  return Object.assign(run, { inputs: names, live, expect });
}
