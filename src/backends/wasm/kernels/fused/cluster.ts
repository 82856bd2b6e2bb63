import type { DType } from '../../../../graph/dtype.ts';
import type { Node } from '../../../../graph/graph.ts';
import type { Shape } from '../../../../graph/shape.ts';
import type { Type } from '../../../../graph/type.ts';
import type { Strides } from '../kernel.ts';

/** Where an operand of a pointwise node comes from. */
export type Source =
  /** Another node of the cluster. */
  | { readonly kind: 'member'; readonly id: string }
  /** A number in every element, which stands in the code. */
  | { readonly kind: 'uniform'; readonly value: number; readonly dtype: DType }
  /** Memory: axis k of the value is axis `axes[k]` of the cluster's shape, and it does not vary along the others. */
  | {
      readonly kind: 'memory';
      readonly id: string;
      readonly type: Type;
      readonly axes: readonly number[];
      /** How it lies there. */
      readonly strides: Strides;
    };

/** A node of a cluster and what it reads, by input name. */
export interface Member {
  readonly node: Node;
  readonly sources: { readonly [input: string]: Source };
}

/**
 * Pointwise nodes of one shape, and sums over the same axes of them, that are computed in one loop over that shape. What
 * only they read never reaches memory.
 */
export interface Cluster {
  readonly shape: Shape;
  /** Every member after those that it reads. */
  readonly members: readonly Member[];
  /** Members of the cluster's shape that others read. */
  readonly dense: readonly string[];
  /** Members that are sums, and the axes over which all of them go. */
  readonly sums: readonly string[];
  readonly axes: readonly number[];
}
