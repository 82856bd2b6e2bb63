import { isFloat } from '../../../graph/dtype.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { matmul } from '../../linear/matmul.ts';
import { mul } from '../../pointwise/mul.ts';
import { sum } from '../../reduce/sum.ts';
import { reshape } from '../../shape/reshape.ts';
import { sliceAlong } from '../../shape/slice-along.ts';
import { transpose } from '../../shape/transpose.ts';

/** A tensor whose axes have names. */
export interface Labelled {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

const sizeAt = ({ x, labels }: Labelled, label: string): number => x.shape[labels.indexOf(label)]!;

/** The axes in another order. */
export function ordered({ x, labels }: Labelled, order: readonly string[]): Labelled {
  const permutation = order.map((label) => labels.indexOf(label));
  return permutation.every((axis, k) => axis === k)
    ? { x, labels: order }
    : { x: transpose(x, permutation), labels: order };
}

/** Summed over all axes but some. */
export function keepOnly(from: Labelled, kept: (label: string) => boolean): Labelled {
  const axes = from.labels.flatMap((label, k) => (kept(label) ? [] : [k]));
  return axes.length === 0 ? from : { x: sum(from.x, { axes }), labels: from.labels.filter(kept) };
}

/** The diagonal of axes that share a label: every (n + 1)-th of their n² elements. */
export function diagonal({ x, labels }: Labelled): Labelled {
  const again = labels.findIndex((label, k) => labels.indexOf(label) !== k);
  if (again < 0) return { x, labels };
  const first = labels.indexOf(labels[again]!);
  const rest = labels.map((_, k) => k).filter((k) => k !== first && k !== again);
  const together = transpose(x, [...rest, first, again]) as Tensor;
  const size = x.shape[first]!;
  const lead = rest.map((k) => x.shape[k]!);
  const flat = reshape(together, [...lead, size * size]) as Tensor;
  const line = sliceAlong(flat, lead.length, 0, size * size, size + 1);
  return diagonal({ x: line, labels: [...rest.map((k) => labels[k]!), labels[first]!] });
}

/** Without axes of size 1 whose label is longer in another tensor: they broadcast. */
export function withoutOnes(one: Labelled, other: Labelled): Labelled {
  const stays = (label: string, k: number): boolean =>
    one.x.shape[k] !== 1 || !other.labels.includes(label) || sizeAt(other, label) === 1;
  const labels = one.labels.filter(stays);
  if (labels.length === one.labels.length) return one;
  return {
    x: reshape(
      one.x,
      one.x.shape.filter((_, k) => stays(one.labels[k]!, k)),
    ),
    labels,
  };
}

/** Σ a · b over the labels that both have and that are not `kept`; as matrix products where there is something to sum. */
export function contract(a: Labelled, b: Labelled, kept: (label: string) => boolean): Labelled {
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter(kept);
  const inner = shared.filter((label) => !kept(label));
  const rows = a.labels.filter((label) => !shared.includes(label));
  const columns = b.labels.filter((label) => !shared.includes(label));
  const [left, right] = [ordered(a, [...batch, ...rows, ...inner]).x, ordered(b, [...batch, ...inner, ...columns]).x];
  const sizes = (from: Labelled, list: readonly string[]): number[] => list.map((label) => sizeAt(from, label));
  const [lead, m, k, n] = [sizes(a, batch), sizes(a, rows), sizes(a, inner), sizes(b, columns)];
  const labels = [...batch, ...rows, ...columns];
  if (inner.length > 0 && isFloat(a.x.dtype)) {
    const product = matmul(
      reshape(left, [...lead, sizeOf(m), sizeOf(k)]) as Tensor,
      reshape(right, [...lead, sizeOf(k), sizeOf(n)]) as Tensor,
    );
    return { x: reshape(product as Tensor, [...lead, ...m, ...n]), labels };
  }
  const ones = (list: readonly number[]): number[] => list.map(() => 1);
  const product = mul(
    reshape(left, [...lead, ...m, ...k, ...ones(n)]) as Tensor,
    reshape(right, [...lead, ...ones(m), ...k, ...n]) as Tensor,
  ) as Tensor;
  return { x: sum(product, { axes: k.map((_, j) => lead.length + m.length + j) }), labels };
}
