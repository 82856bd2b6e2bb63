import type { FunctionOptions, GraphFunction } from '../../check/index.ts';
import { CotangentError } from '../../graph/error.ts';
import type { AnyOp } from '../../graph/op.ts';

/** A function with what its check needs: `export const norm = { f: ({ x }) => …, types: { x: f64(2, 3) } }`. */
type FunctionSubject = { readonly f: GraphFunction } & FunctionOptions;

/** What a file asks to be proved. */
export type FileSubject =
  | { readonly kind: 'operator'; readonly name: string; readonly op: AnyOp }
  | { readonly kind: 'function'; readonly name: string; readonly subject: FunctionSubject };

/**
 * The operators and functions among a module's exports.
 *
 * @throws CotangentError `gradcheck/exports` where there is none.
 */
export function subjectsIn(path: string, exported: { readonly [name: string]: unknown }): FileSubject[] {
  const found = Object.entries(exported).flatMap(([name, value]): FileSubject[] => {
    if (isOperator(value)) return [{ kind: 'operator', name: value.name, op: value }];
    if (isFunction(value)) return [{ kind: 'function', name: value.name ?? name, subject: value }];
    return [];
  });
  if (found.length === 0)
    throw new CotangentError({
      code: 'gradcheck/exports',
      summary: `${path} exports nothing that could be proved`,
      details: [`exports: ${Object.keys(exported).join(', ') || 'none'}`],
      fix: 'export operators made by defineOp, or { f, types } with the function and the types of its inputs.',
    });
  return found;
}

const fields = ['infer', 'kernel', 'vjp', 'degree', 'cases'] as const;
const isOperator = (value: unknown): value is AnyOp =>
  typeof value === 'function' && fields.every((field) => field in value);
const isFunction = (value: unknown): value is FunctionSubject =>
  typeof value === 'object' && value !== null && 'f' in value && 'types' in value && typeof value.f === 'function';
