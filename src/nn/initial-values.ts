import { array, type NdArray } from '../graph/nd-array.ts';
import type { Type } from '../graph/type.ts';
import type { Layer } from './layer.ts';
import { randomStream } from './random.ts';

/** The types of a layer's parameters, in its order. */
export const parameterTypesOf = ({ parameters }: Pick<Layer, 'parameters'>): { readonly [name: string]: Type } =>
  Object.fromEntries(Object.entries(parameters).map(([name, { type }]) => [name, type]));

/** First values of a layer's parameters. Each parameter's come from a stream of the seed and its own name. */
export const initialValues = (
  { parameters }: Pick<Layer, 'parameters'>,
  seed: number,
): { readonly [name: string]: NdArray } =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { type, initialise, fan }]) => {
      const value = array(type);
      const draw = initialise(type, fan);
      const random = randomStream(seed, name);
      for (let i = 0; i < value.data.length; i++) value.data[i] = draw(random);
      return [name, value];
    }),
  );
