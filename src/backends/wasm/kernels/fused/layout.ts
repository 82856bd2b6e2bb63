import { bytesPerElement, type DType } from '../../../../graph/dtype.ts';
import { type Shape, sizeOf, stridesOf } from '../../../../graph/shape.ts';
import type { Strides } from '../kernel.ts';
import type { Cluster, Source } from './cluster.ts';

type Memory = Extract<Source, { readonly kind: 'memory' }>;

/** A loop over one or several neighbouring axes of a cluster's shape; steps in elements. */
export interface Axis {
  readonly size: number;
  /** Whether sums go over it. */
  readonly reduced: boolean;
  /** How far one step is in a value of the cluster's shape. */
  readonly dense: number;
  /** How far it is in each of the values read. */
  readonly steps: readonly number[];
}

/** A value in memory as the cluster's loops read it. */
interface Read {
  readonly id: string;
  readonly dtype: DType;
  /** Whether it has the cluster's shape and lies row-major. */
  readonly dense: boolean;
  /** How many elements of it lie before its address. */
  readonly before: number;
}

/** Results that lie in other values' memory, and how. */
export type Placed = ReadonlyMap<string, { readonly strides?: Strides }>;

/** How a cluster's loops run over what it reads. */
export interface Layout {
  /** Elements per vector. */
  readonly width: 2 | 4;
  /** At least one; outermost first. */
  readonly axes: readonly Axis[];
  readonly reads: readonly Read[];
  /** Results that do not lie row-major; numbered on from the reads, as the axes' steps are. */
  readonly writes: readonly Read[];
  /** Whether nothing may be written behind the last element of some result. */
  readonly exact: boolean;
  /** Which read a source is. */
  readonly indexOf: (source: Memory) => number;
}

/** Merges axes that everything read runs through in one go, so that rows are long. */
export function layOut(cluster: Cluster, placed: Placed): Layout {
  const { shape, members, axes: sumAxes } = cluster;
  const sources = members.flatMap((member) => Object.values(member.sources));
  const memory = new Map<string, Memory>();
  for (const source of sources) if (source.kind === 'memory') memory.set(keyOf(source), source);
  const strides = stridesOf(shape);
  const steps = [...memory.values()].map((source) => stepsOf(source, shape));
  const apart = members.filter(({ node }) => cluster.dense.includes(node.id) && placed.get(node.id)?.strides);
  for (const { node } of apart) steps.push([...placed.get(node.id)!.strides!]);
  const merged: Axis[] = [];
  shape.forEach((size, k) => {
    if (size === 1) return;
    const axis: Axis = {
      size,
      reduced: sumAxes.includes(k),
      dense: strides[k]!,
      steps: steps.map((step) => step[k]!),
    };
    const outer = merged.at(-1);
    const fits =
      outer !== undefined &&
      outer.reduced === axis.reduced &&
      axis.steps.every((step, i) => outer.steps[i] === step * size);
    if (fits) merged[merged.length - 1] = { ...axis, size: outer.size * size };
    else merged.push(axis);
  });
  const whole = sizeOf(shape);
  const reads = [...memory.values()].map(
    ({ id, type, strides }): Read => ({
      id,
      dtype: type.dtype,
      dense: strides === undefined && sizeOf(type.shape) === whole,
      before: (strides ?? []).reduce((sum, stride, k) => sum + Math.max(0, -stride * (type.shape[k]! - 1)), 0),
    }),
  );
  if (merged.length === 0)
    merged.push({ size: 1, reduced: sumAxes.length > 0, dense: 1, steps: reads.map(({ dense }) => (dense ? 1 : 0)) });
  const uniforms = sources.flatMap((source) => (source.kind === 'uniform' ? [source.dtype] : []));
  const dtypes = [...members.map(({ node }) => node.type.dtype), ...reads.map(({ dtype }) => dtype), ...uniforms];
  const keys = [...memory.keys()];
  const writes = apart.map(({ node: { id, type } }): Read => ({ id, dtype: type.dtype, dense: false, before: 0 }));
  return {
    writes,
    exact: cluster.dense.some((id) => placed.has(id)),
    width: dtypes.includes('f64') ? 2 : 4,
    axes: merged,
    reads,
    indexOf: (source) => keys.indexOf(keyOf(source)),
  };
}

/** Elements from one index of a cluster's shape to the next in a value that it reads. */
export function stepsOf({ type, axes, strides }: Memory, shape: Shape): number[] {
  const own = strides ?? stridesOf(type.shape);
  return shape.map((_, k) => (axes.includes(k) ? own[axes.indexOf(k)]! : 0));
}

const keyOf = ({ id, axes }: Memory): string => `${id}:${axes}`;

/**
 * Positions are counted in bytes of the widest lanes, 16 per vector: by how many bits a value's own offset is smaller.
 */
export const narrowing = (width: 2 | 4, dtype: DType): number => Math.log2(16 / width / bytesPerElement[dtype]);
