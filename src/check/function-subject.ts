import { isFloat } from '../graph/dtype.ts';
import { defaultDraw } from './draw.ts';
import type { FunctionOptions, GraphFunction } from './gradcheck.ts';
import type { Subject } from './subject.ts';

/** A function that builds graph, differentiated by all its floats. */
export function functionSubject(f: GraphFunction, options: FunctionOptions): Subject {
  const { types, name = f.name || 'f', dyadic = false, condition = 1, draw = {}, degree = {}, branch } = options;
  const operands = Object.entries(types).map(([input, type]) => {
    const drawn = { name: input, type, draw: draw[input] ?? defaultDraw(type) };
    return isFloat(type.dtype) ? { ...drawn, degree: degree[input] ?? ('smooth' as const) } : drawn;
  });
  return { name, operands, dyadic, condition, attributes: {}, build: f, ...(branch && { branch }) };
}
