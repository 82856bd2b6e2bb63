import { bytesPerElement, type DType } from '../../../../graph/dtype.ts';
import { stridesOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { Results, Spot } from '../conv/results.ts';
import type { KernelCode, Placement } from '../kernel.ts';
import type { Cluster, Source } from './cluster.ts';
import { Emission } from './emission.ts';
import { isShort } from './expressions/index.ts';
import { nameOf } from './fused-kernel.ts';
import { Lanes } from './lanes.ts';
import { loadLanes, storeLanes } from './lanes-apart.ts';
import { narrowing, type Placed, stepsOf } from './layout.ts';
import { load, store } from './transfer.ts';

/** The code stands in tiles' loops several times over: no longer clusters than this. */
const mostMembers = 8;
/** Pointers beside those that a kernel needs for itself. */
const mostLayouts = 4;

/** A cluster that is computed where another kernel has its results in registers, before they reach memory. */
export class Epilogue implements Results {
  readonly name: string;
  /** Values that are read beside the kernel's own operands. */
  readonly reads: readonly string[];
  /** Those that lie as a row-major result does, element for element. */
  readonly dense: readonly string[];
  /** Elements from one index of the result to the next, in all that is read and written; each only once. */
  readonly strides: readonly (readonly number[])[];
  /** Whether some result has smaller elements than the kernel's own. */
  readonly narrow: boolean;
  readonly #cluster: Cluster;
  readonly #of: string;
  readonly #dtype: DType;
  /** Which of the strides an operand has, by its key. */
  readonly #layouts: ReadonlyMap<string, number>;

  private constructor(cluster: Cluster, of: string, dtype: DType, steps: ReadonlyMap<string, readonly number[]>) {
    const strides = new Map([...steps.values()].map((each) => [`${each}`, each]));
    const rowMajor = `${stridesOf(cluster.shape)}`;
    const keys = [...strides.keys()];
    this.name = nameOf(cluster);
    this.strides = [...strides.values()];
    this.narrow = cluster.members.some(
      ({ node }) => cluster.dense.includes(node.id) && bytesPerElement[node.type.dtype] < bytesPerElement[dtype],
    );
    this.#cluster = cluster;
    this.#of = of;
    this.#dtype = dtype;
    this.#layouts = new Map([...steps].map(([key, each]) => [key, keys.indexOf(`${each}`)]));
    const sources = memoryOf(cluster, of);
    this.reads = [...new Set(sources.map(({ id }) => id))];
    this.dense = this.reads.filter((id) =>
      sources.every((source) => source.id !== id || `${steps.get(keyOf(source))}` === rowMajor),
    );
  }

  /** The cluster behind the kernel that makes its operand `of`; undefined where code would be long, or pointers many. */
  static of(cluster: Cluster, of: string, dtype: DType, placed: Placed): Epilogue | undefined {
    const { shape, members, dense, sums } = cluster;
    if (sums.length > 0 || members.length > mostMembers || !members.every(({ node }) => isShort(node.op)))
      return undefined;
    const sources = memoryOf(cluster, of);
    const uniforms = members
      .flatMap((member) => Object.values(member.sources))
      .flatMap((source) => (source.kind === 'uniform' ? [source.dtype] : []));
    const dtypes = [
      ...members.map(({ node }) => node.type.dtype),
      ...sources.map(({ type }) => type.dtype),
      ...uniforms,
    ];
    if (dtype !== 'f64' && dtypes.includes('f64')) return undefined;
    const steps = new Map([
      ...dense.map((id) => [id, placed.get(id)?.strides ?? stridesOf(shape)] as const),
      ...sources.map((source) => [keyOf(source), stepsOf(source, shape)] as const),
    ]);
    if ([...steps.values()].some((each) => each.some((step) => step < 0))) return undefined;
    const epilogue = new Epilogue(cluster, of, dtype, steps);
    return epilogue.strides.length <= mostLayouts ? epilogue : undefined;
  }

  /** Positions are relative: values of one layout share them. */
  origin(): number {
    return 0;
  }

  store(code: KernelCode, at: Placement, value: Local, spot: Spot): void {
    const { f } = code;
    const width = this.#dtype === 'f64' ? 2 : 4;
    const lanes = new Lanes(f, width, code.foreign);
    const emission = new Emission(lanes, this.#cluster, (source) => {
      if (source.id === this.#of) f.get(value);
      else this.#load(lanes, source, at, spot);
    });
    // All is read before anything is written: results may lie on operands.
    const values = this.#cluster.dense.map((id) => {
      emission.member(id);
      return lanes.keep();
    });
    for (const [k, id] of this.#cluster.dense.entries()) {
      const { type, address } = at.outputs[id]!;
      const { push, offset, step } = this.#place(lanes, this.#layouts.get(id)!, type.dtype, address, spot);
      if (step === bytesPerElement[type.dtype] && spot.count === width) {
        push();
        lanes.get(values[k]!);
        store(lanes, type.dtype, 'vector', offset);
      } else {
        const lane = Array.from({ length: spot.count }, (_, i) => offset + i * step);
        storeLanes(lanes, type.dtype, values[k]!, push, lane);
      }
    }
  }

  #load(lanes: Lanes, source: Memory, at: Placement, spot: Spot): void {
    const { dtype } = source.type;
    const { address } = at.inputs[source.id]!;
    const { push, offset, step } = this.#place(lanes, this.#layouts.get(keyOf(source))!, dtype, address, spot);
    if (step === 0 || step === bytesPerElement[dtype]) {
      // Behind the last element there is room for the rest of a vector.
      push();
      load(lanes, dtype, step === 0 ? 'splat' : 'vector', offset);
    } else
      loadLanes(
        lanes,
        dtype,
        push,
        Array.from({ length: spot.count }, (_, i) => offset + i * step),
      );
  }

  /** How to reach a value's elements: what pushes an address, the offset from there, and from element to element. */
  #place(
    { f, width }: Lanes,
    layout: number,
    dtype: DType,
    address: number,
    { positions, ahead, steps }: Spot,
  ): { readonly push: () => void; readonly offset: number; readonly step: number } {
    const shift = narrowing(width, dtype) - narrowing(width, this.#dtype);
    const push = (): void => {
      f.get(positions[layout]!);
      if (shift > 0) f.i32(shift).op('i32.shr_u');
    };
    return { push, offset: address + (ahead[layout]! >> shift), step: steps[layout]! >> shift };
  }
}

type Memory = Extract<Source, { readonly kind: 'memory' }>;

const keyOf = ({ id, axes }: Memory): string => `${id}:${axes}`;

const memoryOf = ({ members }: Cluster, except: string): Memory[] =>
  members
    .flatMap(({ sources }) => Object.values(sources))
    .filter((source) => source.kind === 'memory')
    .filter(({ id }) => id !== except);
