import type { GraphBuilder } from '../graph/builder.ts';
import type { FloatDType } from '../graph/dtype.ts';
import { CotangentError } from '../graph/error.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { sameType, showType, type Type } from '../graph/type.ts';
import { initialValues, parameterTypesOf } from './initial-values.ts';
import { type Call, type Layer, scoped, type Values } from './layer.ts';

/** What a net makes of images. */
export type Scores = Tensor<Shape, FloatDType>;

/** A net for images: everything that training, prediction and export need to know about it. */
export interface Net {
  readonly name: string;
  /** What the net was made of, plain JSON: enough to make it again. */
  readonly config: object;
  /** Parameters by name, in the order of the net. */
  readonly parameterTypes: { readonly [name: string]: Type };
  /** Heights and widths of images must be multiples of this; 1 where any size will do. */
  readonly multiple: number;
  /** Factors of the learning rate, of the parameters that have one other than 1. */
  readonly learningRates?: { readonly [name: string]: number };
  /** First values. Each parameter's come from a stream of the seed and its own name. */
  initialise(seed: number): { readonly [name: string]: NdArray };
  /**
   * Adds the net to the graph of its tensors: images [N, channels, H, W] to scores [N, classes, H, W], before any softmax.
   *
   * @throws CotangentError `net/parameters` when the parameters are not exactly `parameterTypes`.
   */
  apply(x: Tensor, parameters: Values): Scores;
}

/** A net whose function is known to the compiler, so that literal sizes flow through it. */
export interface TypedNet<C extends Call> extends Net {
  /** The net as a function of its tensors alone. */
  bind(parameters: Values): C;
}

/** Makes a net of a layer; it takes images of all sizes that are multiples of `multiple`. */
export function net<C extends (x: never) => Scores>(
  name: string,
  config: object,
  body: Layer<C>,
  multiple = 1,
): TypedNet<C> {
  const entries = Object.entries(body.parameters);
  const parameterTypes = parameterTypesOf(body);
  const learningRates = Object.fromEntries(
    entries.flatMap(([key, { learningRate = 1 }]) => (learningRate === 1 ? [] : [[key, learningRate] as const])),
  );
  const bind = (parameters: Values): C => {
    checkParameters(name, parameterTypes, parameters);
    return scoped(name, body.bind(parameters));
  };
  const initialise = (seed: number): { readonly [name: string]: NdArray } => initialValues(body, seed);
  // Whether x fits is checked when the first layer's nodes are made.
  const apply = (x: Tensor, parameters: Values): Scores => bind(parameters)(x as never);
  return { name, config, multiple, parameterTypes, learningRates, initialise, bind, apply };
}

/** Declares a net's parameters in a graph. */
export const declareParameters = (g: GraphBuilder, types: { readonly [name: string]: Type }): Values =>
  g.madeHere(() => Object.fromEntries(Object.entries(types).map(([name, type]) => [name, g.parameter(name, type)])));

function checkParameters(name: string, types: { readonly [name: string]: Type }, given: Values): void {
  const faults = [
    ...Object.entries(types).flatMap(([key, type]) =>
      !Object.hasOwn(given, key)
        ? [`missing: ${key} ${showType(type)}`]
        : sameType(type, given[key]!)
          ? []
          : [`wrong type: ${key} is ${showType(type)}, given ${showType(given[key]!)}`],
    ),
    ...Object.keys(given)
      .filter((key) => !Object.hasOwn(types, key))
      .map((key) => `unknown: ${key}`),
  ];
  if (faults.length === 0) return;
  throw new CotangentError({
    code: 'net/parameters',
    summary: `${faults.length} of ${name}'s parameters do not fit`,
    details: faults.length > 8 ? [...faults.slice(0, 8), `… and ${faults.length - 8} more`] : faults,
    fix: 'declare them with declareParameters(g, net.parameterTypes).',
  });
}
