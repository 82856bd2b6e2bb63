import { sizeOf } from '../../../../graph/shape.ts';
import type { Local } from '../../encode/wasm-function.ts';
import type { KernelCode, Placement } from '../kernel.ts';
import type { Cluster } from './cluster.ts';
import { Emission } from './emission.ts';
import { Lanes } from './lanes.ts';
import { type Axis, type Layout, narrowing } from './layout.ts';
import { type Extent, load, store } from './transfer.ts';

/** An axis and the variable that holds the index along it; undefined stands for index 0. */
export type Index = readonly [Axis, Local | undefined];

/** Where dense reads and results lie, in their order, where that is not known beforehand. */
export interface Pointers {
  readonly reads: readonly Local[];
  readonly writes: readonly Local[];
}

/**
 * The parts of a cluster's loops: where a row begins, and what is done at a position in it. A position is a variable that
 * counts the elements of the cluster's shape in bytes of the widest lanes.
 */
export class ClusterCode {
  readonly code: KernelCode;
  readonly lanes: Lanes;
  readonly layout: Layout;
  readonly #cluster: Cluster;
  readonly #at: Placement;
  /** Per read: a vector that holds along the row, or how far its position is from the cluster's. */
  readonly #rows: (Local | undefined)[];
  readonly #same = new Set<number>();
  readonly #pointers: Pointers | undefined;

  constructor(code: KernelCode, cluster: Cluster, layout: Layout, at: Placement, pointers?: Pointers) {
    this.code = code;
    this.#pointers = pointers;
    this.layout = layout;
    this.#cluster = cluster;
    this.#at = at;
    this.lanes = new Lanes(code.f, layout.width, code.foreign);
    this.#rows = [...layout.reads, ...layout.writes].map((read, k) => {
      if (read.dense) return undefined;
      const local = code.f.local(this.inner.steps[k] === 0 ? 'v128' : 'i32');
      if (layout.axes.every(({ steps }) => steps[k] === 0)) {
        code.f.i32(0);
        load(this.lanes, read.dtype, 'splat', at.inputs[read.id]!.address);
        code.f.set(local);
        this.#same.add(k);
      }
      return local;
    });
  }

  /** The axis along which vectors lie. */
  get inner(): Axis {
    return this.layout.axes.at(-1)!;
  }
  /** Bytes that a position moves per element. */
  get unit(): number {
    return 16 / this.layout.width;
  }

  /** Takes an index over several axes, outermost first, apart into one variable each; only where somebody steps. */
  indices(axes: readonly Axis[], flat: Local): Index[] {
    const { f } = this.code;
    if (axes.length === 1) return [[axes[0]!, flat]];
    return axes.map((axis, k): Index => {
      const local = f.local('i32');
      const below = sizeOf(axes.slice(k + 1).map(({ size }) => size));
      f.get(flat);
      if (below > 1) f.i32(below).op('i32.div_u');
      if (k > 0) f.i32(axis.size).op('i32.rem_u');
      f.set(local);
      return [axis, local];
    });
  }

  /** Sets the position at which a row begins, and what the reads that do not have the cluster's shape are there. */
  row(indices: readonly Index[], position: Local): void {
    const { f } = this.code;
    this.#offset(0, indices, (axis) => axis.dense * this.unit);
    f.set(position);
    for (const [k, { id, dtype, dense, before }] of [...this.layout.reads, ...this.layout.writes].entries()) {
      const local = this.#rows[k];
      if (dense || this.#same.has(k)) continue;
      if (this.inner.steps[k] === 0) {
        const bytes = this.unit >> narrowing(this.layout.width, dtype);
        this.#offset(before * bytes, indices, (axis) => axis.steps[k]! * bytes);
        load(this.lanes, dtype, 'splat', this.#at.inputs[id]!.address - before * bytes);
      } else {
        this.#offset(before * this.unit, indices, (axis) => axis.steps[k]! * this.unit);
        f.get(position).op('i32.sub');
      }
      f.set(local!);
    }
  }

  /** Computes at `position` plus `ahead` bytes: stores what leaves element for element, hands what is summed to `add`. */
  body(position: Local, extent: 'vector' | 'single', ahead: number, add: (sum: number) => void): void {
    const { dense, sums } = this.#cluster;
    const read = (k: number): void => this.#read(k, position, extent, ahead);
    const emission = new Emission(this.lanes, this.#cluster, (source) => read(this.layout.indexOf(source)));
    for (const [k, id] of sums.entries()) {
      emission.member(id);
      add(k);
    }
    // All is read before anything is written: results may lie on operands.
    const values = dense.map((id) => {
      emission.member(id);
      return this.lanes.keep();
    });
    for (const [k, id] of dense.entries()) {
      const { type, address } = this.#at.outputs[id]!;
      const shift = narrowing(this.layout.width, type.dtype);
      const apart = this.layout.writes.findIndex((write) => write.id === id);
      const pointer = this.#pointers?.writes[k];
      this.#position(position, apart < 0 ? pointer : this.#rows[this.layout.reads.length + apart], shift);
      this.lanes.get(values[k]!);
      store(this.lanes, type.dtype, extent, (pointer === undefined ? address : 0) + (ahead >> shift));
    }
  }

  #read(k: number, position: Local, extent: Extent, ahead: number): void {
    const { id, dtype, dense, before } = this.layout.reads[k]!;
    const local = this.#rows[k];
    if (!dense && this.inner.steps[k] === 0) {
      this.lanes.get(local!);
      return;
    }
    const shift = narrowing(this.layout.width, dtype);
    const pointer = dense
      ? this.#pointers?.reads[this.layout.reads.slice(0, k).filter((read) => read.dense).length]
      : undefined;
    this.#position(position, pointer ?? local, shift);
    const address = pointer === undefined ? this.#at.inputs[id]!.address : 0;
    load(this.lanes, dtype, extent, address + ((ahead - before * this.unit) >> shift));
  }

  #position(position: Local, further: Local | undefined, shift: number): void {
    const { f } = this.code;
    f.get(position);
    if (further !== undefined) f.get(further).op('i32.add');
    if (shift > 0) f.i32(shift).op('i32.shr_s');
  }

  /** Pushes bytes from the first element that lies in memory, where the index is `base`, to that at some indices. */
  #offset(base: number, indices: readonly Index[], step: (axis: Axis) => number): void {
    const { f } = this.code;
    f.i32(base);
    for (const [axis, index] of indices)
      if (index !== undefined && step(axis) !== 0) f.get(index).i32(step(axis)).op('i32.mul').op('i32.add');
  }
}
