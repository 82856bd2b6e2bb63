import { bytesPerElement } from '../../../graph/dtype.ts';
import type { Node } from '../../../graph/graph.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Type } from '../../../graph/type.ts';
import type { Kernel, Operand, Placement } from '../kernels/kernel.ts';
import { Arena, type Block } from './arena.ts';
import type { Work } from './cluster.ts';
import { inPlaceFor } from './homes.ts';
import { packed } from './packing.ts';
import type { View } from './views.ts';

/** One turn: a node, or several in one loop. Without a kernel of its own the operator's reference kernel runs: a fallback. */
export interface Step {
  readonly nodes: readonly Node[];
  /** The last of them; the only one where the reference kernel runs. */
  readonly node: Node;
  readonly kernel: Kernel | undefined;
  readonly at: Placement;
  /** Bytes of values in between, and of its scratch, that are needed while it runs. */
  readonly live: number;
}

/** What is to be placed. */
export interface Program {
  readonly works: readonly Work[];
  /** The kernel of each, and where its table lies. */
  readonly chosen: readonly (Kernel | undefined)[];
  readonly tables: readonly number[];
  readonly byId: ReadonlyMap<string, Node>;
  readonly views: ReadonlyMap<string, View>;
  /** What leaves the program, which is needed to the end. */
  readonly ends: ReadonlySet<string>;
  /** Next values of states that go over the old ones. */
  readonly homes: ReadonlyMap<string, string>;
  /** What has its place for good, and the first address behind that. */
  readonly kept: ReadonlyMap<string, number>;
  readonly start: number;
}

/** A program with its places. */
export interface Placed {
  readonly steps: readonly Step[];
  readonly operand: (id: string) => Operand;
  /** Every value that has a place. */
  readonly has: (id: string) => boolean;
  readonly arena: Arena;
}

/** Bytes of a value's elements. */
export const bytesOf = (type: Type): number => sizeOf(type.shape) * bytesPerElement[type.dtype];

/** Finds places: first each value gets one of its own, so that lifetimes show, then these are packed. */
export function place(program: Program): Placed {
  const { arena } = placed(program, new Arena(program.start));
  return placed(program, new Arena(program.start, packed(arena.lifetimes)));
}

function placed({ works, chosen, tables, byId, views, ends, homes, kept }: Program, arena: Arena): Placed {
  const rootOf = (id: string): string => views.get(id)?.root ?? id;
  const addresses = new Map(kept);
  const operand = (id: string): Operand => ({
    type: byId.get(id)!.type,
    address: addresses.get(rootOf(id))! + (views.get(id)?.offset ?? 0),
    strides: views.get(id)?.strides,
  });
  const blocks = new Map<string, Block>();
  const lastReader = lastReaders(works, rootOf, ends);
  const steps = works.map((work, i): Step => {
    const { nodes, results, reads, cluster, epilogue } = work;
    const kernel = chosen[i];
    const node = nodes.at(-1)!;
    const own = cluster === undefined ? Object.entries(nodes[0]!.inputs) : [];
    const named = cluster === undefined ? (epilogue?.reads ?? []) : reads;
    const names = [...own, ...named.map((id) => [id, id] as const)];
    const inputs = Object.fromEntries(names.map(([name, id]) => [name, operand(id)]));
    const inputRoots = new Map(names.map(([name, id]) => [name, rootOf(id)]));
    const dying = new Set([...inputRoots.values()].filter((id) => lastReader.get(id) === i && blocks.has(id)));
    for (const id of results) {
      const home = homes.get(id);
      const root = rootOf(id);
      const { type } = byId.get(root)!;
      // The first of those who write parts of one value finds it a place.
      if (addresses.has(root)) continue;
      const elementwise = cluster === undefined || cluster.dense.includes(id);
      const reused =
        home === undefined && elementwise && root === id
          ? reusable(type, inPlaceFor(work, kernel, id), dying, inputs, inputRoots)
          : undefined;
      if (home !== undefined) addresses.set(id, addresses.get(home)!);
      else if (reused !== undefined) {
        addresses.set(id, reused.address);
        blocks.set(id, blocks.get(reused.root)!);
        dying.delete(reused.root);
      } else {
        const block = arena.allocate(bytesOf(type));
        addresses.set(root, block.address);
        blocks.set(root, block);
      }
    }
    const scratch = kernel?.scratch === undefined ? undefined : arena.allocate(kernel.scratch);
    const { live } = arena;
    if (scratch !== undefined) arena.release(scratch);
    for (const id of dying) arena.release(blocks.get(id)!);
    const outputs = Object.fromEntries(results.map((id) => [id, operand(id)]));
    const at: Placement = {
      inputs,
      output: outputs[results.at(-1)!]!,
      outputs,
      scratch: scratch?.address ?? 0,
      table: tables[i]!,
    };
    return { nodes, node, kernel, at, live };
  });
  return { steps, operand, has: (id) => addresses.has(rootOf(id)), arena };
}

/** The last step that reads a memory; what leaves the program is needed to the end. */
function lastReaders(
  works: readonly Work[],
  rootOf: (id: string) => string,
  ends: ReadonlySet<string>,
): Map<string, number> {
  const last = new Map<string, number>();
  for (const [i, { reads }] of works.entries()) for (const id of reads) last.set(rootOf(id), i);
  for (const id of ends) last.delete(id);
  return last;
}

/**
 * Where a result may lie: on an input whose memory ends here, where it may be overwritten. Another input in the same
 * memory has to lie in the very same place, or it would be overwritten before it is read.
 */
function reusable(
  type: Type,
  inPlace: readonly string[],
  dying: ReadonlySet<string>,
  inputs: Placement['inputs'],
  roots: ReadonlyMap<string, string>,
): { readonly root: string; readonly address: number } | undefined {
  const bytes = bytesOf(type);
  for (const name of inPlace) {
    const [root, { address, type: own }] = [roots.get(name)!, inputs[name]!];
    const others = Object.entries(inputs).filter(([other]) => roots.get(other) === root);
    const together = others.every(
      ([, { address: from, type, strides }]) => from === address && bytesOf(type) === bytes && strides === undefined,
    );
    if (dying.has(root) && bytesOf(own) === bytes && together) return { root, address };
  }
  return undefined;
}
