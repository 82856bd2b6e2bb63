/** A call into a library, as data: so that what runs and what a snippet prints are one. */
export interface Expression {
  /** `avgPool`, `image.resizeBilinear`. */
  readonly call: string;
  readonly args: readonly Argument[];
  /** The part of the result that is meant, where it has several. */
  readonly part?: string | number;
}

export type Argument =
  | number
  | boolean
  | null
  | undefined
  | { readonly input: string }
  | { readonly path: string }
  | { readonly text: string }
  | { readonly expression: Expression }
  | readonly Argument[]
  | { readonly options: { readonly [name: string]: Argument } };

export const input = (name: string): Argument => ({ input: name });
export const text = (value: string): Argument => ({ text: value });

/** The expression’s value; `library` holds what paths name. */
export function evaluate(
  { call, args, part }: Expression,
  library: unknown,
  inputs: { readonly [name: string]: unknown },
): unknown {
  const { target, owner } = lookUp(library, call);
  if (typeof target !== 'function') throw new Error(`there is no ${call}`);
  const result: unknown = Reflect.apply(
    target,
    owner,
    args.map((argument) => argumentValue(argument, library, inputs)),
  );
  return part === undefined ? result : (result as { readonly [name: string]: unknown })[part];
}

function argumentValue(argument: Argument, library: unknown, inputs: { readonly [name: string]: unknown }): unknown {
  if (typeof argument !== 'object' || argument === null) return argument;
  if (isList(argument)) return argument.map((one) => argumentValue(one, library, inputs));
  if ('input' in argument) return inputs[argument.input];
  if ('path' in argument) return lookUp(library, argument.path).target;
  if ('text' in argument) return argument.text;
  if ('expression' in argument) return evaluate(argument.expression, library, inputs);
  return Object.fromEntries(
    Object.entries(argument.options).map(([name, one]) => [name, argumentValue(one, library, inputs)]),
  );
}

function lookUp(library: unknown, path: string): { readonly target: unknown; readonly owner: unknown } {
  let owner: unknown;
  let target = library;
  for (const name of path.split('.')) {
    owner = target;
    target = (target as { readonly [name: string]: unknown } | undefined)?.[name];
  }
  return { target, owner };
}

/** The expression as code; `prefix` stands before every path, `tf.`. */
export function printExpression({ call, args, part }: Expression, prefix: string): string {
  const shown = [...args];
  while (shown.length > 0 && shown.at(-1) === undefined) shown.pop();
  const code = `${prefix}${call}(${shown.map((argument) => printArgument(argument, prefix)).join(', ')})`;
  return part === undefined ? code : typeof part === 'number' ? `${code}[${part}]` : `${code}.${part}`;
}

function printArgument(argument: Argument, prefix: string): string {
  if (typeof argument !== 'object' || argument === null) return String(argument);
  if (isList(argument)) return `[${argument.map((one) => printArgument(one, prefix)).join(', ')}]`;
  if ('input' in argument) return argument.input;
  if ('path' in argument) return `${prefix}${argument.path}`;
  if ('text' in argument) return `'${argument.text}'`;
  if ('expression' in argument) return printExpression(argument.expression, prefix);
  const options = Object.entries(argument.options).map(([name, one]) => `${name}: ${printArgument(one, prefix)}`);
  return `{ ${options.join(', ')} }`;
}

const isList = (argument: Argument): argument is readonly Argument[] => Array.isArray(argument);
