import { fraction, philox4x32 } from '../../../ops/random/philox.ts';
import type { Lifetime } from './arena.ts';

/** How many comparisons of two blocks a search may take. */
const most = 3e7;
/** And how many tries. */
const mostTries = 3000;

/**
 * Addresses from 0 on for blocks whose lifetimes are known, so that none that are needed at once overlap; in as little memory as is found. It
 * cannot be less than what is needed at the widest moment, and finding the least is hard, so: blocks are put one after the other as low as they
 * can lie, the largest first, the longest-lived first, or as they come; then again with those put first that stuck out last time; and if that does
 * not end, with one block at a time put elsewhere in the best order. The same lifetimes always give the same places.
 */
export function packed(lifetimes: readonly Lifetime[]): readonly number[] {
  const widest = widestOf(lifetimes);
  const indices = [...lifetimes.keys()];
  const bytes = (i: number): number => lifetimes[i]!.bytes;
  const long = (i: number): number => Math.min(lifetimes[i]!.to, 2 * lifetimes.length) - lifetimes[i]!.from;
  const orders = [
    indices.toSorted((a, b) => bytes(b) - bytes(a) || a - b),
    indices.toSorted((a, b) => bytes(b) * long(b) - bytes(a) * long(a) || a - b),
    indices.toSorted((a, b) => long(b) - long(a) || a - b),
    indices,
  ];
  const tries = Math.min(mostTries, Math.ceil(most / Math.max(1, indices.length ** 2)));
  /** By how much blocks stick out, all together: that falls sooner than the end does. */
  const excess = ({ places }: Packing): number =>
    places.reduce((sum, place, i) => sum + Math.max(0, place + bytes(i) - widest), 0);
  const tried = (order: readonly number[]): Try => {
    const packing = inOrder(lifetimes, order);
    return { packing, order, excess: excess(packing) };
  };
  let best = tried(indices);
  for (let order of orders.slice(0, tries))
    for (let k = 0; k < tries / (2 * orders.length) && best.excess > 0; k++) {
      const one = tried(order);
      if (one.packing.end < best.packing.end) best = one;
      const out = new Set(order.filter((i) => one.packing.places[i]! + bytes(i) > widest));
      order = [...order.filter((i) => out.has(i)), ...order.filter((i) => !out.has(i))];
    }
  let now = best;
  for (let k = 0; k < tries / 2 && now.excess > 0; k++) {
    const order = [...now.order];
    const [moved] = order.splice(drawn(2 * k, order.length), 1);
    order.splice(drawn(2 * k + 1, order.length + 1), 0, moved!);
    const next = tried(order);
    if (next.excess <= now.excess) now = next;
    if (next.packing.end < best.packing.end) best = next;
  }
  return best.packing.places;
}

interface Try {
  readonly packing: Packing;
  readonly order: readonly number[];
  readonly excess: number;
}

/** A whole number below `below`, the k-th of a sequence without pattern. */
function drawn(k: number, below: number): number {
  const [a, b] = philox4x32([k, 0, 0, 0], [0, 0]);
  return Math.floor(fraction(a, b) * below);
}

interface Packing {
  readonly places: readonly number[];
  readonly end: number;
}

/** Bytes at the widest moment. */
function widestOf(lifetimes: readonly Lifetime[]): number {
  const changes = lifetimes.flatMap(({ bytes, from, to }) => [
    [from, bytes],
    [to, -bytes],
  ]) as [number, number][];
  let [live, widest] = [0, 0];
  for (const [, change] of changes.sort((a, b) => a[0] - b[0])) {
    live += change;
    widest = Math.max(widest, live);
  }
  return widest;
}

/** Each block as low as it can lie among those before it in the order. */
function inOrder(lifetimes: readonly Lifetime[], order: readonly number[]): Packing {
  const places = new Array<number>(lifetimes.length).fill(0);
  /** Those that lie already, lowest first. */
  const lying: number[] = [];
  let end = 0;
  for (const i of order) {
    const { bytes, from, to } = lifetimes[i]!;
    let place = 0;
    for (const k of lying) {
      const other = lifetimes[k]!;
      if (other.from >= to || from >= other.to) continue;
      if (places[k]! >= place + bytes) break;
      place = Math.max(place, places[k]! + other.bytes);
    }
    places[i] = place;
    end = Math.max(end, place + bytes);
    let at = lying.length;
    while (at > 0 && places[lying[at - 1]!]! > place) at--;
    lying.splice(at, 0, i);
  }
  return { places, end };
}
