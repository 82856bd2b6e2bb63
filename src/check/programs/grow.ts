import { GraphBuilder } from '../../graph/builder.ts';
import { type FloatDType, isFloat } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Draw } from '../../graph/op.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { add, clip, constant, mul, round, stopGradient, sub } from '../../ops/index.ts';
import { Random } from '../random.ts';
import { fitted } from './fitted.ts';
import type { Part, PartCase } from './part.ts';
import type { RandomProgram, Step } from './random-program.ts';

/** No value grows beyond so many elements, no program beyond so many nodes. */
const mostElements = 1200;
const mostNodes = 60;

/** A program’s graph under construction. */
export interface Grown {
  readonly g: GraphBuilder;
  readonly results: readonly Tensor[];
  /** All inputs, with what they are drawn from unless anything will do. */
  readonly leaves: readonly Leaf[];
  /** The geometries that were taken, for coverage. */
  readonly taken: readonly Step[];
}

export interface Leaf {
  readonly tensor: Tensor;
  readonly draw?: Draw;
}

/**
 * Makes a program’s graph in the given precision; what does not fit is left out, and so is what stops gradients where
 * they are to be `measured`.
 */
export function grow(
  { steps, shape, results }: RandomProgram,
  parts: ReadonlyMap<string, Part>,
  dtype: FloatDType,
  measured: boolean = false,
): Grown {
  const growth = new Growth(shape, dtype);
  return growth.g.madeHere(() => {
    for (const step of steps) {
      if (growth.g.tensors.length > mostNodes) break;
      const part = parts.get(step.part)!;
      if (!measured) growth.append(step, part);
      else if (!part.detaches) growth.append({ ...step, after: step.after === 'settle' ? 'clip' : step.after }, part);
    }
    return growth.end(results);
  });
}

class Growth {
  readonly g: GraphBuilder = new GraphBuilder();
  readonly #dtype: FloatDType;
  readonly #leaves: Leaf[] = [];
  readonly #made: Tensor[] = [];
  readonly #taken: Step[] = [];

  constructor(shape: readonly number[], dtype: FloatDType) {
    this.#dtype = dtype;
    const kept = sizeOf(shape) <= mostElements ? shape : shape.slice(0, 2);
    this.#made.push(this.#input({ dtype, shape: kept }, undefined));
  }

  append(step: Step, part: Part): void {
    const { types, values = {} } = step.drawn;
    const random = new Random(step.wiring, 'wiring');
    const drawn: PartCase = {
      ...step.drawn,
      types: this.#inPrecision(part, step.drawn),
      attributes: this.#attributes(step.drawn.attributes),
    };
    const names = Object.keys(types);
    const sources = new Map<string, Tensor>();
    for (const [k, name] of names.entries()) {
      const source = values[name] === undefined ? this.#source(random, k, step.wiring) : undefined;
      if (source !== undefined && isWirable(drawn, name)) sources.set(name, source);
    }
    const wanted = this.#loosened(part, drawn, sources, random) ?? drawn.types;
    const operands: { [name: string]: Tensor } = {};
    for (const name of names) {
      const type = wanted[name]!;
      const source = sources.get(name);
      operands[name] =
        values[name] !== undefined
          ? constant(this.g, type, values[name])
          : ((source && fitted(source, type, drawn.draw?.[name])) ?? this.#input(type, drawn.draw?.[name]));
    }
    const made = attempt(() => part.emit(this.g, operands, drawn.attributes));
    if (made === undefined || sizeOf(made.shape) > mostElements) return;
    this.#made.push(afterwards(made, step.after));
    this.#taken.push({ ...step, drawn });
  }

  end(most: number): Grown {
    const read = new Set(this.g.tensors.flatMap(({ node }) => Object.values(node.inputs)));
    const unread = this.#made.slice(1).filter(({ id }) => !read.has(id));
    const results = [...new Set(unread.length > 0 ? unread.slice(-most) : this.#made.slice(-1))];
    return {
      g: this.g,
      results,
      leaves: this.#leaves,

      taken: this.#taken,
    };
  }

  #input(type: Type, draw: Draw | undefined): Tensor {
    const tensor = this.g.input(`x${this.#leaves.length}`, { dtype: type.dtype, shape: type.shape });
    this.#leaves.push({ tensor, ...(draw && { draw }) });
    return tensor;
  }

  /** A value made before, the latest ones more often than not; none for an input of the program’s own. */
  #source(random: Random, k: number, wiring: number): Tensor | undefined {
    if (wiring === 0) return undefined;
    const kind = random.integer(3 * k, 0, 9);
    const back = random.integer(3 * k + 1, 0, kind < 5 ? 2 : 0xffff);
    if (kind === 9) return undefined;
    if (kind === 8) return this.#leaves[back % this.#leaves.length]!.tensor;
    return this.#made[this.#made.length - 1 - (back % this.#made.length)];
  }

  /** The types with the first wired operand’s own shape in place of the drawn one, where the part accepts that. */
  #loosened(
    part: Part,
    drawn: PartCase,
    sources: ReadonlyMap<string, Tensor>,
    random: Random,
  ): PartCase['types'] | undefined {
    const { types, values = {}, attributes } = drawn;
    const [first] = sources.keys();
    if (first === undefined || random.integer(1000, 0, 3) === 0) return undefined;
    const [before, after] = [types[first]!.shape, sources.get(first)!.shape];
    const loosened = Object.fromEntries(
      Object.entries(types).map(([name, { dtype, shape }]) => [
        name,
        { dtype, shape: values[name] === undefined ? moved(shape, before, after) : shape },
      ]),
    );
    const result = attempt(() => part.infer(loosened, attributes));
    const sizes = [result, ...Object.values(loosened)].map((type) =>
      type === undefined ? Infinity : sizeOf(type.shape),
    );
    const hasRoom = Object.keys(types).every((name) =>
      types[name]!.shape.every((d, k) => loosened[name]!.shape[k]! >= d),
    );
    if (holdsPositions(drawn) && !hasRoom) return undefined;
    return Math.max(...sizes) <= mostElements ? loosened : undefined;
  }

  /** The case’s types with floats in the program’s precision, unless the part refuses them. */
  #inPrecision(part: Part, { types, attributes }: PartCase): PartCase['types'] {
    const own = Object.fromEntries(
      Object.entries(types).map(([name, { dtype, shape }]) => [
        name,
        { dtype: isFloat(dtype) ? this.#dtype : dtype, shape },
      ]),
    );
    return attempt(() => part.infer(own, attributes)) === undefined ? types : own;
  }

  /** In doubles nothing is rounded to less on the way. */
  #attributes(attributes: object): object {
    return this.#dtype === 'f64' && 'dtype' in attributes && attributes.dtype === 'f32'
      ? { ...attributes, dtype: 'f64' }
      : attributes;
  }
}

/** Operands that have to be distinct, or are held off kinks, are inputs unless they are differentiated anyway. */
function isWirable({ types, draw }: PartCase, name: string): boolean {
  const kind = draw?.[name]?.kind;
  return isFloat(types[name]!.dtype) ? kind !== 'integers' : kind === undefined || kind === 'integers';
}

/** Whether some operand counts places of another, which then must not become fewer. */
const holdsPositions = ({ types, draw }: PartCase): boolean =>
  Object.entries(types).some(([name, { dtype }]) => dtype === 'i32' || draw?.[name]?.kind === 'integers');

/** A shape that goes with one that changes: dimensions that were equal stay equal. */
function moved(shape: readonly number[], before: readonly number[], after: readonly number[]): readonly number[] {
  if (shape.length === before.length && shape.every((d, k) => d === before[k])) return after;
  if (before.length !== after.length) return shape;
  return shape.map((d, k) => {
    if (before[k] === d) return after[k]!;
    const other = before.indexOf(d);
    return other < 0 ? d : after[other]!;
  });
}

function afterwards(x: Tensor, after: Step['after']): Tensor {
  if (!isFloat(x.dtype) || after === 'nothing') return x;
  if (after === 'halve') return mul(x, 0.5);
  const near = clip(x, -4, 4);
  return after === 'clip' ? near : add(near, stopGradient(sub(round(near), near)));
}

/** What refuses its operands makes nothing. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CotangentError) return undefined;
    throw error;
  }
}
