import type { DType } from '../graph/dtype.ts';
import type { Shape } from '../graph/shape.ts';
import { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import type { Fan, Initialiser } from './initialisers/initialiser.ts';

/** A trainable tensor that a layer declares. */
export interface Parameter<S extends Shape = Shape, D extends DType = DType> {
  readonly type: Type<S, D>;
  readonly initialise: Initialiser;
  readonly fan: Fan;
  /** The factor of the learning rate that it learns with; 1 unless given. */
  readonly learningRate?: number;
}

/** Declares a parameter; `fan` matters to initialisers that level variances, and is 1 to 1 unless given. */
export const parameter = <const S extends Shape, D extends DType>(
  type: Type<S, D>,
  initialise: Initialiser,
  fan: Fan = { in: 1, out: 1 },
): Parameter<S, D> => ({ type, initialise, fan });

/** What a layer does to tensors: any function, most often from one tensor to another, generic in its sizes. */
export type Call = (...inputs: never[]) => unknown;

/** Values by full name: `down1.conv1.w`. */
export type Values = { readonly [name: string]: Tensor };

/**
 * A part of a net: the parameters that it declares, by full name, and what it does once it is given their values.
 * `C` is that function's type, so the literal shapes that it computes reach the user of the layer.
 */
export interface Layer<out C extends Call = Call> {
  readonly parameters: { readonly [name: string]: Parameter };
  bind(values: Values): C;
}

/** What a layer is made of: parameters, other layers and lists of them, by name. */
export type Parts = { readonly [name: string]: Part };
type Part = Parameter | Layer | readonly Layer[] | undefined;

/** The same parts ready for use: tensors in place of parameters, functions in place of layers. */
export type Bound<P extends Parts> = { readonly [K in keyof P]: BoundPart<P[K]> };

type BoundPart<P> =
  P extends Layer<infer C>
    ? C
    : P extends readonly Layer<infer C>[]
      ? readonly C[]
      : P extends Parameter<infer S, infer D>
        ? Tensor<S, D>
        : P extends undefined
          ? P
          : never;

/**
 * Makes a layer of named parts and a function that puts them to use:
 * `layer({ a: convLayer(…), b: convLayer(…) }, ({ a, b }) => (x) => relu(b(a(x))))`.
 *
 * A part's name becomes a prefix of its parameters' names and the scope of its nodes; the members of a list are
 * `name.0`, `name.1`, …. A part that is `undefined` is left out.
 */
export function layer<const P extends Parts, C extends Call>(parts: P, use: (bound: Bound<P>) => C): Layer<C> {
  const parameters: { [name: string]: Parameter } = {};
  for (const [name, part] of Object.entries(parts)) declare(name, part, parameters);
  const bind = (values: Values): C => {
    const bound = Object.entries(parts).map(([name, part]) => [name, bindPart(name, part, values)]);
    // bindPart maps each part as Bound<P> says, which fromEntries cannot express.
    return use(Object.fromEntries(bound) as Bound<P>);
  };
  return { parameters, bind };
}

function declare(name: string, part: Part, into: { [name: string]: Parameter }): void {
  if (part === undefined) return;
  if (isList(part)) for (const [i, member] of part.entries()) declare(`${name}.${i}`, member, into);
  else if (!isLayer(part)) into[name] = part;
  else for (const inner in part.parameters) into[`${name}.${inner}`] = part.parameters[inner]!;
}

function bindPart(name: string, part: Part, values: Values): unknown {
  if (part === undefined) return undefined;
  if (isList(part)) return part.map((member, i) => bindPart(`${name}.${i}`, member, values));
  if (!isLayer(part)) return values[name];
  const inner = Object.keys(part.parameters).map((key) => [key, values[`${name}.${key}`]!] as const);
  return scoped(name, part.bind(Object.fromEntries(inner)));
}

// Array.isArray does not narrow readonly arrays.
const isList = (part: Parameter | Layer | readonly Layer[]): part is readonly Layer[] => Array.isArray(part);
const isLayer = (part: Parameter | Layer): part is Layer => 'bind' in part;

/** The same layer, all its parameters learning with `factor` times the learning rate; factors multiply. */
export function slower<C extends Call>(part: Layer<C>, factor: number): Layer<C> {
  const parameters = Object.entries(part.parameters).map(([name, one]) => {
    return [name, { ...one, learningRate: (one.learningRate ?? 1) * factor }] as const;
  });
  return { ...part, parameters: Object.fromEntries(parameters) };
}

/** The same function, its nodes made in a scope of the graph that its arguments belong to. */
export function scoped<C extends Call>(name: string, call: C): C {
  const inScope = (...inputs: never[]): unknown => {
    const tensor = inputs.flat().find((value: unknown) => value instanceof Tensor);
    return tensor === undefined ? call(...inputs) : (tensor as Tensor).graph.scope(name, () => call(...inputs));
  };
  // Same arguments, same result: a generic function's type cannot be rebuilt from its parts.
  return inScope as C;
}
