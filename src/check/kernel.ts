import { CotangentError } from '../graph/error.ts';
import { array, NdArray } from '../graph/nd-array.ts';
import type { AnyOp, Case } from '../graph/op.ts';
import { showType, type Type } from '../graph/type.ts';
import { defaultDraw, drawPoint } from './draw.ts';
import { Random } from './random.ts';
import { sameValues } from './structure.ts';

/**
 * Proves that the kernel does what the inference says, in the case's own types and again with f32 in place of f64:
 * nothing is written outside the result, which is finite, a mask holds 0 and 1, inputs stay as they were, and a second run gives the same bits; so do
 * exchanged operands if the operator is declared commutative.
 *
 * @returns how many type combinations the operator accepts.
 * @throws CotangentError `gradcheck/kernel`.
 */
export function checkKernel(op: AnyOp, drawn: Case<string, object>, seed: number): number {
  const single = mapTypes(drawn.types, ({ dtype, shape }) => ({ dtype: dtype === 'f64' ? 'f32' : dtype, shape }));
  return [drawn.types, single]
    .filter((types) => accepts(op, types, drawn.attributes))
    .map((types) => runTwice(op, types, drawn, seed)).length;
}

function runTwice(
  op: AnyOp,
  types: { readonly [name: string]: Type },
  drawn: Case<string, object>,
  seed: number,
): void {
  const { attributes, draw } = drawn;
  const inputs = mapTypes(types, (type, name) =>
    drawPoint(type, draw?.[name] ?? defaultDraw(type), new Random(seed, name)),
  );
  const before = mapTypes(inputs, (value) => array(value, value.data));
  const type = op.infer(types, attributes);
  const refuse = (summary: string): never => {
    throw new CotangentError({
      code: 'gradcheck/kernel',
      summary: `${op.name}: ${summary}`,
      details: [
        ...Object.entries(inputs).map(([name, value]) => `${name}  ${value}`),
        `attributes  ${JSON.stringify(attributes)}`,
        `inferred  ${showType(type)}`,
      ],
      fix: 'mend the kernel or the inference, whichever is wrong.',
    });
  };
  const y = array(type);
  op.kernel(
    inputs,
    attributes,
    watched(y, (i) => refuse(`the kernel writes at flat index ${i} of ${y.data.length} elements`)),
  );
  if (!y.data.every(Number.isFinite)) refuse(`the result ${y} is not finite`);
  if (type.dtype === 'bool' && !y.data.every((x) => x === 0 || x === 1))
    refuse(`the mask ${y} holds other numbers than 0 and 1`);
  const again = array(type);
  op.kernel(inputs, attributes, again);
  if (!sameValues(y, again)) refuse(`a second run gives ${again}, the first gave ${y}`);
  if (op.commutative === true) {
    const [a, b] = Object.keys(inputs) as [string, string];
    const exchanged = array(type);
    op.kernel({ [a]: inputs[b]!, [b]: inputs[a]! }, attributes, exchanged);
    if (!sameValues(y, exchanged))
      refuse(`it is declared commutative, but exchanged operands give ${exchanged}, not ${y}`);
  }
  for (const [name, value] of Object.entries(inputs))
    if (!sameValues(value, before[name]!)) refuse(`the kernel changed its input ${name}`);
}

/** y, but told of elements that are written outside it, which typed arrays pass over in silence. */
function watched(y: NdArray, outside: (i: number) => never): NdArray {
  const { length } = y.data;
  const data = new Proxy(y.data, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => {
      const i = Number(name);
      if (!(Number.isInteger(i) && i >= 0 && i < length)) outside(i);
      target[i] = value as number;
      return true;
    },
  });
  return new NdArray(y, data);
}

function accepts(op: AnyOp, types: { readonly [name: string]: Type }, attributes: object): boolean {
  try {
    op.infer(types, attributes);
    return true;
  } catch (error) {
    if (error instanceof CotangentError) return false;
    throw error;
  }
}

const mapTypes = <V, W>(
  types: { readonly [name: string]: V },
  f: (type: V, name: string) => W,
): { [name: string]: W } => Object.fromEntries(Object.entries(types).map(([name, type]) => [name, f(type, name)]));
