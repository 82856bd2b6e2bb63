import { type Graph, nodesById } from '../../graph/graph.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { stridesOf } from '../../graph/shape.ts';
import { bool } from '../../graph/type.ts';
import { type Box, everyIndex } from './box.ts';
import { ends } from './ends.ts';
import type { Fraction } from './fraction.ts';
import { type Motion, motionsOf } from './motions.ts';
import type { Positions } from './positions.ts';
import { trace } from './trace.ts';

/** Whose field is asked for, and in what. */
export interface FieldOptions {
  /** An output of the graph; its only one unless given. */
  readonly output?: string;
  /** An input of the graph, parameters too; the only one that is fed unless given. */
  readonly input?: string;
  /** Where computed positions are, as those of deformable convolutions; anywhere unless given. */
  readonly positions?: Positions;
}

/** What one element of the output reads along one axis of the input, over all indices of the other axes. */
export interface AxisField {
  /** Elements from the first to the last, as if the input had no end; the largest where outputs differ. */
  readonly size: number;
  /** The smallest. */
  readonly smallest: number;
  /** Elements between the first and the last that are not read: gridding. Of the largest. */
  readonly holes: number;
  /** The output's axis that moves the field, if one does. */
  readonly along: number | undefined;
  /** How far, from one output to the next: a fraction below 1 where the net enlarges. Undefined where branches disagree. */
  readonly jump: Fraction | undefined;
  /** The first element that output 0 reads; negative ones are padding. */
  readonly start: number;
  /** Whether every element is read, whatever the index: global pooling, attention, positions that may be anywhere. */
  readonly whole: boolean;
}

/** More phases than these are not looked at. */
const mostPhases = 64;

/**
 * The receptive field of an output's elements in an input, axis by axis (operators.md 49, 51, 52), on any graph: branches
 * are united, positions on the way up are fractions. Exact sets of indices are followed, from facts that operators declare,
 * so that what dilation leaves out is left out. Follows Araujo, Norris and Sim, Computing Receptive Fields of Convolutional
 * Neural Networks, 2019, where these are intervals.
 *
 * @returns one entry per axis of the input; of axes of channels or batches it says which may be read
 * @throws CotangentError `field/name` for inputs and outputs that are not there.
 */
export function receptiveField(graph: Graph, options: FieldOptions = {}): readonly AxisField[] {
  const { from, to, reader } = ends(graph, options);
  const { shape } = nodesById(graph).get(from)!.type;
  const { axes, period } = motionsOf(graph, reader, from, to);
  const phases = Math.min(period, mostPhases);
  const base = shape.map((size) => Math.floor(Math.floor(size / 2) / phases) * phases);
  const read = (at: (axis: number) => number): readonly (readonly number[])[] => {
    const box = shape.map((size, axis) => (isPlace(axis, shape.length) ? [at(axis)] : everyIndex(size)));
    const union = trace(graph, reader, { from, box, to, clip: false });
    return axes.map((_, axis) => union.along(axis));
  };
  const sets = everyIndex(phases).map((phase) => read((axis) => Math.min(base[axis]! + phase, shape[axis]! - 1)));
  // What is summed whole on the way may be all of the input, or the taps of windows: the first and last outputs tell.
  const edges = axes.some((own) => own.some(isStill)) ? [read(() => 0), read((axis) => shape[axis]! - 1)] : [];
  const along = (all: typeof sets, axis: number): readonly (readonly number[])[] => all.map((each) => each[axis]!);
  const lengths = nodesById(graph).get(to)!.type.shape;
  return axes.map((own, axis) => {
    const inside = [...along(sets, axis), ...along(edges, axis)].map(
      (set) => new Set(set.filter((i) => i >= 0 && i < lengths[axis]!)),
    );
    const whole = own.some(isStill) && haveMostInCommon(inside);
    return fieldAlong({ phases: along(sets, axis), edges: whole ? [] : along(edges, axis), motions: own, base, whole });
  });
}

/** Whether more than half of the largest set is in all: what is next to each output is only in its own. */
function haveMostInCommon(sets: readonly ReadonlySet<number>[]): boolean {
  const [first, ...others] = sets;
  const common = [...first!].filter((i) => others.every((set) => set.has(i)));
  return 2 * common.length > Math.max(...sets.map(({ size }) => size));
}

const isStill = ({ along }: Motion): boolean => along === undefined;

/** Axes after batch and channels; of matrices and vectors the last. */
export const isPlace = (axis: number, rank: number): boolean => (rank > 2 ? axis >= 2 : axis === rank - 1);

/** What is known of one axis of the input. */
interface AxisSets {
  readonly phases: readonly (readonly number[])[];
  /** What the first and last outputs read, which may be of another kind. */
  readonly edges: readonly (readonly number[])[];
  readonly motions: readonly Motion[];
  readonly base: readonly number[];
  readonly whole: boolean;
}

function fieldAlong({ phases, edges, motions, base, whole }: AxisSets): AxisField {
  const moved = motions.filter(
    (motion) => !isStill(motion) && isPlace(motion.along!, base.length) && motion.jump[0] !== 0,
  );
  const only = moved.length === 1 && !whole ? moved[0] : undefined;
  const sets = [...phases, ...edges];
  const spans = sets.map((set) => (set.length === 0 ? 0 : set.at(-1)! - set[0]! + 1));
  const size = Math.max(...spans);
  const first = phases[0]![0] ?? 0;
  const still = moved.length === 0 || whole;
  return {
    size,
    smallest: Math.min(...spans.slice(0, phases.length)),
    holes: size - sets[spans.indexOf(size)]!.length,
    along: only?.along,
    jump: still ? [0, 1] : only?.jump,
    start: only === undefined ? first : first - (base[only.along!]! * only.jump[0]) / only.jump[1],
    whole,
  };
}

/** Which element of an output. */
export interface FieldOfOptions extends FieldOptions {
  /** The index of one element of the output, one number per axis; for an axis left out, or −1, all indices count. */
  readonly at: readonly number[];
}

/**
 * Exactly which elements of an input an element of an output reads (operators.md 52, 58): a mask of the input's shape, with
 * ends, holes and all. Elements are read if there is a path to them; that weights on it could be zero does not count.
 *
 * @throws CotangentError `field/name`.
 */
export function fieldOf(graph: Graph, { at, ...options }: FieldOfOptions): NdArray<readonly number[], 'bool'> {
  const { from, to, reader } = ends(graph, options);
  const nodes = nodesById(graph);
  const box: Box = nodes.get(from)!.type.shape.map((size, axis) => {
    const index = at[axis] ?? -1;
    return index < 0 ? everyIndex(size) : [index];
  });
  const { shape } = nodes.get(to)!.type;
  const mask = array(bool(...shape));
  const strides = stridesOf(shape);
  for (const read of trace(graph, reader, { from, box, to, clip: true }).boxes) {
    let flat = [0];
    read.forEach((set, axis) => {
      flat = flat.flatMap((start) => set.map((i) => start + i * strides[axis]!));
    });
    for (const place of flat) mask.data[place] = 1;
  }
  return mask;
}
