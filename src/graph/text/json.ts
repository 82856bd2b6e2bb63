import * as v from 'valibot';
import { deepestAttribute, isReservedKey } from '../attributes.ts';
import { dtypes } from '../dtype.ts';
import { GraphError } from '../error.ts';
import type { Graph } from '../graph.ts';
import type { OpTable } from '../op.ts';
import { assemble, type Place, type RawNode } from './assemble.ts';

const format = 'cotangent-graph';

/** Raised whenever an older reader could misread a newer file. */
const version = 1;

/** What `toJson` writes: plain JSON values only, so it survives JSON.stringify and every other JSON tool. */
export interface GraphJson {
  readonly format: 'cotangent-graph';
  readonly version: 1;
  readonly nodes: readonly RawNode[];
  readonly outputs: { readonly [name: string]: string };
  readonly updates: { readonly [name: string]: string };
}

const whole = 'a whole number ≥ 0';
const record = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'this is a record, not a list or a single value',
);
const names = v.pipe(record, v.record(v.string(), v.string('a node id is text')));
const schema = v.strictObject({
  format: v.literal(format),
  version: v.literal(version),
  nodes: v.array(
    v.strictObject({
      id: v.pipe(v.string('an id is text'), v.regex(/^n(0|[1-9]\d*)$/, 'a node id is n0, n1, n2, …')),
      op: v.string("an operator's name is text"),
      inputs: names,
      attributes: record,
      type: v.strictObject({
        dtype: v.picklist(dtypes, `a dtype is one of ${dtypes.join(', ')}`),
        shape: v.array(
          v.pipe(
            v.number(`a dimension is ${whole}`),
            v.safeInteger(`a dimension is ${whole}`),
            v.minValue(0, `a dimension is ${whole}`),
          ),
          'a shape is a list of dimensions',
        ),
      }),
      scope: v.exactOptional(v.string('a scope is text')),
    }),
    'nodes are a list',
  ),
  outputs: names,
  updates: names,
});

/** A graph as a JSON value with a schema version. Numbers that JSON lacks become `{"$number": "NaN"}`. */
export function toJson(graph: Graph): GraphJson {
  return {
    format,
    version,
    nodes: graph.nodes.map(({ id, op, inputs, attributes, type, scope }) => ({
      id,
      op: op.name,
      inputs: { ...inputs },
      attributes: encode(attributes) as object,
      type: { dtype: type.dtype, shape: [...type.shape] },
      ...(scope === undefined ? {} : { scope }),
    })),
    outputs: { ...graph.outputs },
    updates: { ...graph.updates },
  };
}

/**
 * Reads what `toJson` wrote, or refuses it with the path to the fault, such as `nodes[17].inputs.w`.
 *
 * @param value a parsed JSON value from anywhere; it may be hostile.
 * @param ops the operators that the file may use.
 * @throws GraphError `json/…` for a malformed file; what `check` throws for a well-formed one that is no valid graph.
 */
export function fromJson(value: unknown, ops: OpTable): Graph {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse('syntax', '', 'is not a record', `give the parsed JSON of a graph file: {"format": "${format}", …}.`);
  refuseHostile(value);
  checkVersion(value);
  const { success, output, issues } = v.safeParse(schema, value, { abortEarly: true });
  if (!success) {
    const [issue] = issues;
    const keys = issue.path?.map(({ key }) => key as string | number) ?? [];
    return refuse('syntax', show(keys), issue.message, `write the file as toJson does, format version ${version}.`);
  }
  const nodes = output.nodes.map(
    (node, i): RawNode => ({ ...node, attributes: decode(node.attributes, `nodes[${i}].attributes`) as object }),
  );
  return assemble({ ...output, nodes }, ops, (place, { code, summary, fix }) =>
    refuse(code, pathOf(place), summary, fix),
  );
}

function checkVersion(value: object): void {
  const { format: kind, version: given } = value as { format?: unknown; version?: unknown };
  if (kind !== format)
    refuse(
      'format',
      'format',
      `is ${brief(kind)}, a graph has "${format}"`,
      'give the JSON of a graph that toJson wrote.',
    );
  if (given !== version)
    refuse(
      'version',
      'version',
      `is ${brief(given)}, this cotangent reads version ${version}`,
      typeof given === 'number' && given > version
        ? 'update cotangent, or save the graph with the version that you run.'
        : `save the graph again with toJson, which writes version ${version}.`,
    );
}

/** Walks the whole value without recursion before anything else touches it: reserved keys, endless nesting, non-JSON values. */
function refuseHostile(root: object): void {
  const pending: { readonly value: object; readonly path: readonly (string | number)[] }[] = [
    { value: root, path: [] },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path } = next;
    // The root, its node list, a node and its attributes come before the attributes' own levels.
    if (path.length > deepestAttribute + 4)
      refuse('depth', show(path), `is nested deeper than ${deepestAttribute} levels`, 'flatten the attributes.');
    for (const key of Object.keys(value)) {
      if (isReservedKey(key))
        refuse('key', show([...path, key]), `has the reserved key '${key}'`, 'rename it; files from toJson have none.');
      const child: unknown = Reflect.get(value, key);
      if (typeof child === 'object' && child !== null)
        pending.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
}

/** Keys that begin with `$` are doubled, so that an attribute really called `$number` survives too. */
function encode(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $number: Object.is(value, -0) ? '-0' : `${value}` };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.startsWith('$') ? `$${key}` : key, encode(item)]),
  );
}

const numbers: { readonly [text: string]: number } = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

function decode(value: unknown, path: string): unknown {
  if (Array.isArray(value))
    return value.map((item, i) => (typeof item === 'object' ? decode(item, `${path}[${i}]`) : item));
  if (typeof value !== 'object' || value === null) return value;
  const record: { [key: string]: unknown } = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === '$number') {
      if (typeof item !== 'string' || !Object.hasOwn(numbers, item) || Object.keys(value).length > 1)
        refuse(
          'number',
          `${path}.$number`,
          `is ${brief(item)}`,
          `write {"$number": "…"} with one of ${Object.keys(numbers).join(', ')}.`,
        );
      return numbers[item as string];
    }
    if (key.startsWith('$') && !key.startsWith('$$'))
      refuse('key', `${path}.${key}`, 'begins with a single $', 'double the $: single ones are marks of the format.');
    record[key.startsWith('$$') ? key.slice(1) : key] = decode(item, `${path}.${key}`);
  }
  return record;
}

function pathOf(place: Place): string {
  if (!('node' in place)) return show([place.part, place.name]);
  return show(['nodes', place.node, place.part, ...(place.part === 'inputs' ? [place.name] : [])]);
}

/** `nodes[17].inputs.w`; names that are no plain words are quoted. */
const show = (keys: readonly (string | number)[]): string =>
  keys
    .map((key) =>
      typeof key === 'number' ? `[${key}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
    )
    .join('')
    .replace(/^\./, '');

const brief = (value: unknown): string =>
  value === undefined ? 'missing' : (JSON.stringify(value) ?? typeof value).slice(0, 40);

function refuse(code: string, path: string, what: string, fix: string): never {
  throw new GraphError({ code: `json/${code}`, summary: `${path === '' ? 'the file' : path}: ${what}`, fix });
}
