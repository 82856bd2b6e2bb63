import type { AnyOp, OpTable } from '../../src/index.ts';
import { type Declaration, exportsOf, lookUp } from './declarations.ts';
import { numbersIn } from './prose.ts';
import { type Signature, signaturesOf } from './signature.ts';

/** What gets a section of its own: an operator with the functions around it, or exports that differ only in their dimensions. */
export interface Subject {
  readonly title: string;
  /** Where its parts are declared, from the root of the repository. */
  readonly path: string;
  readonly exports: readonly Declaration[];
  readonly signatures: readonly { readonly name: string; readonly signature: Signature }[];
  /** The export that speaks for all; undefined where an operator has no function of its own. */
  readonly main: Declaration | undefined;
  readonly record: AnyOp | undefined;
  /** Numbers of the checklist. */
  readonly numbers: readonly number[];
}

/** Whether a declaration is a value, not only a type. */
const isValue = ({ node }: Declaration): boolean =>
  node.type !== 'TSInterfaceDeclaration' && node.type !== 'TSTypeAliasDeclaration';

/** All subjects among the exports of an index; with `numbered`, those that the checklist asks for. */
export function subjectsOf(index: string, ops: OpTable = {}, numbered = false): Subject[] {
  const values = [...exportsOf(index).values()].filter(isValue);
  const records = new Map(Object.entries(ops).map(([name, op]) => [pathOf(index, name), { name, op }]));
  const groups = new Map<string, Declaration[]>();
  for (const value of values) {
    const { path } = value.source;
    const key = records.has(path) ? path : stemOf(value.name);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  const withRecord = [...records].map(([path, { name, op }]) => subjectOf(groups.get(path) ?? [], path, { name, op }));
  const others = [...groups]
    .filter(([key]) => !records.has(key))
    .map(([, list]) => subjectOf(list, list[0]!.source.path));
  const titles = new Set(others.map(({ title }) => title));
  return [
    ...withRecord.map((each) => (titles.has(each.title) ? { ...each, title: `${each.title} (primitive)` } : each)),
    ...others,
  ].filter(({ numbers }) => !numbered || numbers.length > 0);
}

/** The file that declares the record of an operator: what the index imports as `…Op`. */
function pathOf(index: string, name: string): string {
  const declaration = exportsOf(index).get('ops');
  const record = declaration === undefined ? undefined : lookUp(declaration.source, `${name}Op`);
  if (record === undefined) throw new Error(`${index}: no ${name}Op is imported`);
  return record.source.path;
}

function subjectOf(
  exports: readonly Declaration[],
  path: string,
  record?: { readonly name: string; readonly op: AnyOp },
): Subject {
  const main =
    exports.find(({ name }) => name.endsWith('2d')) ?? exports.find(({ name }) => name === record?.name) ?? exports[0];
  const signatures = exports.flatMap((declaration) =>
    signaturesOf(declaration).map((signature) => ({ name: declaration.name, signature })),
  );
  const texts = [
    ...exports.map(({ doc }) => doc),
    ...signatures.flatMap(({ signature }) => signature.members.map(({ doc }) => doc)),
    record?.op.doc ?? '',
  ];
  const names = exports.map(({ name }) => name);
  return {
    title: record === undefined || names.includes(record.name) ? names.join(', ') : record.name,
    path: record === undefined ? (main?.source.path ?? path) : path,
    exports,
    signatures,
    main,
    record: record?.op,
    numbers: [...new Set(texts.flatMap(numbersIn))].sort((a, b) => a - b),
  };
}

/** `maxPool` for `maxPool1d`, `maxPool2d`, `maxPool3d`. */
const stemOf = (name: string): string => name.replace(/[123]d$/, '');
