import type { Arrays } from '../backends/backend.ts';
import { isFloat } from '../graph/dtype.ts';
import { inputAttributes, isInput } from '../graph/input.ts';
import { array, type NdArray } from '../graph/nd-array.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Type } from '../graph/type.ts';
import { heNormal, randomStream } from '../nn/index.ts';
import type { Subject } from './subject.ts';

/** A value for every parameter and state: those that are known, and for others random numbers, as levelled as first weights are. */
export function valuesOf({ graph, values }: Subject): Arrays {
  const all: { [name: string]: NdArray } = {};
  for (const node of graph.nodes) {
    if (!isInput(node)) continue;
    const { name, role } = inputAttributes(node);
    if (role === 'input') continue;
    all[name] = values[name] ?? drawn(name, node.type);
  }
  return all;
}

const initialise = heNormal();

function drawn(name: string, type: Type): NdArray {
  const value = array(type);
  if (!isFloat(type.dtype)) return value;
  const draw = initialise(type, { in: sizeOf(type.shape.slice(1)), out: 1 });
  const random = randomStream(0, name);
  for (let i = 0; i < value.data.length; i++) value.data[i] = draw(random);
  return value;
}
