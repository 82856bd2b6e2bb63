import { CotangentError } from '../graph/error.ts';
import type { Graph } from '../graph/graph.ts';
import { inputAttributes, isInput } from '../graph/input.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { sameType, showType, type Type } from '../graph/type.ts';
import type { Arrays } from './backend.ts';

/** The values that an executable keeps between runs, by name; the same checks for every backend. */
export class StateStore {
  readonly #types = new Map<string, Type>();
  readonly #values = new Map<string, NdArray>();
  readonly #place: (name: string, type: Type) => NdArray;

  /** What is written is copied to where `place` says; by default each time to memory of its own. */
  constructor(graph: Graph, place: (name: string, type: Type) => NdArray = (_, type) => array(type)) {
    this.#place = place;
    for (const node of graph.nodes) {
      if (!isInput(node)) continue;
      const { name, role } = inputAttributes(node);
      if (role !== 'input') this.#types.set(name, node.type);
    }
  }

  /** The live value, not a copy. */
  get(name: string): NdArray {
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    this.#refuseUnknown(name);
    throw new CotangentError({
      code: 'run/state',
      summary: `'${name}' has no value yet`,
      details: [`expected ${showType(this.#types.get(name)!)}`],
      fix: `call write('${name}', …) before the first run, e.g. with an initialiser's numbers.`,
    });
  }

  /** Copies `value` in. */
  set(name: string, value: NdArray): void {
    this.#refuseUnknown(name);
    const type = this.#types.get(name)!;
    if (!sameType(type, value))
      throw new CotangentError({
        code: 'run/state',
        summary: `'${name}' is ${showType(type)}, the value given ${showType(value)}`,
        fix: 'write a value of the same type.',
      });
    const here = this.#place(name, type);
    here.data.set(value.data);
    this.#values.set(name, here);
  }

  #refuseUnknown(name: string): void {
    if (this.#types.has(name)) return;
    throw new CotangentError({
      code: 'run/state',
      summary: `the graph has no parameter or state '${name}'`,
      details: [`it has: ${[...this.#types.keys()].join(', ') || '(none)'}`],
      fix: 'use one of these names.',
    });
  }
}

/** Refuses feeds that are not exactly the graph's inputs. */
export function checkFeeds(graph: Graph, feeds: Arrays): void {
  const expected = new Map<string, Type>();
  for (const node of graph.nodes)
    if (isInput(node) && inputAttributes(node).role === 'input') expected.set(inputAttributes(node).name, node.type);
  const faults = [
    ...[...expected]
      .filter(([name]) => !Object.hasOwn(feeds, name))
      .map(([name, type]) => `missing: ${name} ${showType(type)}`),
    ...Object.keys(feeds)
      .filter((name) => !expected.has(name))
      .map((name) => `unknown: ${name}`),
    ...[...expected]
      .filter(([name, type]) => Object.hasOwn(feeds, name) && !sameType(type, feeds[name]!))
      .map(([name, type]) => `wrong type: ${name} is ${showType(type)}, fed ${showType(feeds[name]!)}`),
  ];
  if (faults.length > 0)
    throw new CotangentError({
      code: 'run/inputs',
      summary: 'the feeds do not fit the graph',
      details: faults,
      fix: `feed exactly: ${[...expected].map(([name, type]) => `${name} ${showType(type)}`).join(', ') || '(nothing)'}.`,
    });
}
