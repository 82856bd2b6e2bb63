import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { type Comment, type Program, parseSync } from 'oxc-parser';

/** A source file, parsed. */
export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/** A stretch of a file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const read = new Map<string, Source>();

/** Reads and parses a file once. */
export function readSource(path: string): Source {
  const known = read.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, 'utf8');
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]!.message}`);
  const source = { path, text, program, comments };
  read.set(path, source);
  return source;
}

/** What another file is called from here; undefined for packages. */
export const pathFrom = ({ path }: Source, specifier: string): string | undefined =>
  specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : undefined;

/** The text of a node. */
export const textOf = ({ text }: Source, { start, end }: Span): string => text.slice(start, end);

/** The TSDoc comment right before a position, without its stars; empty if there is none. */
export function docBefore({ text, comments }: Source, position: number): string {
  const comment = comments.findLast(({ end }) => end <= position);
  if (comment === undefined || comment.type !== 'Block' || !comment.value.startsWith('*')) return '';
  if (text.slice(comment.end, position).trim() !== '') return '';
  return comment.value
    .slice(1)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();
}
