import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';

/** What an equation says about operands of known ranks. */
export interface Equation {
  /** A label per axis, operand by operand; those behind an ellipsis are `…0`, `…1`, …, counted from the last. */
  readonly operands: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/**
 * Reads an equation of `einsum`: `ij,jk->ik`, also without the arrow, with `...` and blanks.
 *
 * @throws CotangentError `einsum/equation` for one that cannot be read, `einsum/rank` where it does not fit an operand.
 */
export function readEquation(equation: string, tensors: readonly Tensor[]): Equation {
  const [left, right, ...more] = equation.replaceAll(/\s/g, '').split('->');
  const terms = left!.split(',');
  if (more.length > 0 || terms.length !== tensors.length)
    refuse(equation, `it has ${terms.length} terms for ${tensors.length} operands`);
  const operands = terms.map((term, k) => labelsOf(equation, term, tensors[k]!, k));
  const dots = operands.flat().filter(isDots);
  const ellipsis = [...new Set(dots)].sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)));
  const output = right === undefined ? implied(operands, ellipsis) : outputOf(equation, right, ellipsis);
  for (const [k, label] of output.entries()) {
    if (output.indexOf(label) !== k) refuse(equation, `its result names '${label}' twice`);
    if (!operands.some((labels) => labels.includes(label)))
      refuse(equation, `no term has the '${label}' of its result`);
  }
  return { operands, output };
}

const isDots = (label: string): boolean => label.startsWith('…');

/** Without an arrow: the ellipsis, then what stands in one place only, in the order of the alphabet. */
function implied(operands: readonly (readonly string[])[], ellipsis: readonly string[]): string[] {
  const all = operands.flat();
  const single = all.filter((label) => !isDots(label) && all.indexOf(label) === all.lastIndexOf(label));
  return [...ellipsis, ...single.sort((a, b) => (a < b ? -1 : 1))];
}

const outputOf = (equation: string, term: string, ellipsis: readonly string[]): string[] =>
  parts(equation, term).flatMap((part) => (part === '...' ? ellipsis : [part]));

function labelsOf(equation: string, term: string, tensor: Tensor, k: number): string[] {
  const list = parts(equation, term);
  const rank = tensor.shape.length;
  const open = list.includes('...') ? rank - list.length + 1 : 0;
  const labels = list.flatMap((part) =>
    part === '...' ? Array.from({ length: Math.max(0, open) }, (_, j) => `…${open - 1 - j}`) : [part],
  );
  if (open < 0 || labels.length !== rank)
    fail(
      'einsum/rank',
      `term ${k} of '${equation}' does not fit ${showType(tensor)}`,
      'give one letter per axis, or ... for those in between.',
    );
  return labels;
}

/** Letters and ellipses of a term. */
function parts(equation: string, term: string): string[] {
  const list = term.match(/[A-Za-z]|\.\.\./g) ?? [];
  if (list.join('') !== term || list.filter((part) => part === '...').length > 1)
    refuse(equation, `'${term}' is no term`);
  return list;
}

const refuse = (equation: string, why: string): never =>
  fail(
    'einsum/equation',
    `'${equation}' cannot be read: ${why}`,
    "write letters for axes, commas between operands and -> before the result, as in 'bij,bjk->bik'.",
  );
