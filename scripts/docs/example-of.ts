import type { ArrowFunctionExpression, ObjectExpression } from 'oxc-parser';
import * as analysis from '../../src/analysis/index.ts';
import * as library from '../../src/index.ts';
import { GraphBuilder, type Tensor } from '../../src/index.ts';
import * as nn from '../../src/nn/index.ts';
import { blocks } from './examples/blocks.ts';
import type { Examples } from './examples/example.ts';
import { sampling } from './examples/sampling.ts';
import { values } from './examples/values.ts';
import { windows } from './examples/windows.ts';
import { readSource, type Source, textOf } from './source.ts';
import type { Subject } from './subjects.ts';

/** An example, run. */
export interface Example {
  /** A program of a few lines that says what it makes. */
  readonly code: string;
  readonly g: GraphBuilder;
  readonly value: unknown;
}

const folder = 'scripts/docs/examples';
const tables: readonly (readonly [file: string, table: Examples])[] = [
  [`${folder}/windows.ts`, windows],
  [`${folder}/sampling.ts`, sampling],
  [`${folder}/values.ts`, values],
  [`${folder}/blocks.ts`, blocks],
];

/** The names that have an example in the tables. */
export const exampleNames: readonly string[] = tables.flatMap(([, table]) => Object.keys(table));

/**
 * The example of a subject: the one of the tables under its title or main export, that of its record, or for a function of
 * one tensor the obvious one; undefined for what is no function.
 */
export function exampleOf(subject: Subject): Example | undefined {
  const { title, main, record, path } = subject;
  for (const name of [title, main?.name ?? title])
    for (const [file, table] of tables) {
      const example = table[name];
      if (example === undefined) continue;
      return run(bodyIn(readSource(file), name), example);
    }
  if (record !== undefined) return run(bodyIn(readSource(path), 'example'), record.example);
  const signature = subject.signatures.find(({ name }) => name === main?.name)?.signature;
  const [first, ...rest] = signature?.parameters ?? [];
  if (main === undefined || first?.type !== 'Tensor' || rest.some(({ name }) => !name.endsWith('?'))) return undefined;
  const call = Object.entries(library).find(([name]) => name === main.name)?.[1] as
    | ((x: Tensor) => unknown)
    | undefined;
  if (call === undefined) return undefined;
  const input = first.name;
  return run({ before: '', result: `${main.name}(g.input('${input}', f64(2, 4)))` }, (g) =>
    call(g.input(input, library.f64(2, 4))),
  );
}

interface Body {
  readonly before: string;
  readonly result: string;
}

function run({ before, result }: Body, example: (g: GraphBuilder) => unknown): Example {
  const g = new GraphBuilder();
  const value = example(g);
  const [shown, said] = showing(value);
  const usesGraph = /\bg\b/.test(before + result);
  const lines = [
    ...(usesGraph ? ['const g = new GraphBuilder();'] : []),
    ...(before === '' ? [] : [before]),
    `const y = ${result};`,
    `console.log(${shown}); // → ${said}`,
  ];
  return { code: [...importsFor(lines.join('\n')), '', ...lines].join('\n'), g, value };
}

/** How the result is shown, and what that gives. */
function showing(value: unknown): readonly [code: string, result: string] {
  const isTensor = (each: unknown): each is Tensor => each instanceof library.Tensor;
  if (isTensor(value)) return ['showType(y)', library.showType(value)];
  if (Array.isArray(value) && value.every(isTensor))
    return ["y.map(showType).join(' ')", value.map(library.showType).join(' ')];
  if (typeof value === 'string') return ['y', value];
  if (typeof value === 'object' && value !== null && Object.values(value).every(isTensor))
    return [
      "Object.entries(y).map(([name, t]) => name + ' ' + showType(t)).join('  ')",
      Object.entries(value)
        .map(([name, t]) => `${name} ${library.showType(t)}`)
        .join('  '),
    ];
  return ['JSON.stringify(y)', JSON.stringify(value)];
}

/** Import statements for the library's names in a program. */
function importsFor(code: string): string[] {
  const bare = code.replace(/'[^'\n]*'/g, "''").replace(/\/\/.*$/gm, '');
  const used = (names: readonly string[]): string[] =>
    names.filter((name) => new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(bare)).sort((a, b) => a.localeCompare(b));
  const core = used(Object.keys(library));
  const layers = used(Object.keys(nn)).filter((name) => !core.includes(name));
  const analyses = used(Object.keys(analysis));
  return [
    ...(core.length === 0 ? [] : [`import { ${core.join(', ')} } from 'cotangent';`]),
    ...(analyses.length === 0 ? [] : [`import { ${analyses.join(', ')} } from 'cotangent/analysis';`]),
    ...(layers.length === 0 ? [] : [`import { ${layers.join(', ')} } from 'cotangent/nn';`]),
  ];
}

/** The body of the arrow function that stands under a name in a file. */
function bodyIn(source: Source, name: string): Body {
  const found = functionsUnder(source, name);
  if (found === undefined) throw new Error(`${source.path} has no function under '${name}'`);
  const { body } = found;
  if (body.type !== 'BlockStatement') return { before: '', result: dedented(textOf(source, body)) };
  const statements = body.body;
  const last = statements.at(-1);
  if (last?.type !== 'ReturnStatement' || last.argument === null)
    throw new Error(`${source.path}: the example '${name}' does not end with what it gives`);
  const before = source.text.slice(body.start + 1, last.start).trim();
  return {
    before: dedented(before, indentAt(source, last.start)),
    result: dedented(textOf(source, last.argument), indentAt(source, last.start)),
  };
}

function functionsUnder(source: Source, name: string): ArrowFunctionExpression | undefined {
  for (const statement of source.program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { init } of declaration.declarations) {
      const objects = init?.type === 'CallExpression' ? init.arguments : [init];
      for (const object of objects) {
        const found = object?.type === 'ObjectExpression' ? propertyIn(object, name) : undefined;
        if (found !== undefined) return found;
      }
    }
  }
  return undefined;
}

function propertyIn({ properties }: ObjectExpression, name: string): ArrowFunctionExpression | undefined {
  for (const property of properties) {
    if (property.type !== 'Property' || property.value.type !== 'ArrowFunctionExpression') continue;
    const { key } = property;
    const text = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : undefined;
    if (text === name) return property.value;
  }
  return undefined;
}

const indentAt = ({ text }: Source, position: number): number => position - (text.lastIndexOf('\n', position - 1) + 1);

/** Later lines moved left: by what the last one has too much, unless told. */
function dedented(text: string, by = /^ */.exec(text.split('\n').at(-1)!)![0].length): string {
  const [first, ...rest] = text.split('\n');
  return [first, ...rest.map((line) => line.slice(Math.min(by, /^ */.exec(line)![0].length)))].join('\n');
}
