import { type Fate, mutantKinds, type Proof } from '../../src/check/index.ts';

/** What was proved, one line per operator: what `npx vitest run test/conformance` shows. */
export function proofTable(proofs: readonly Proof[], seed: number): string {
  const header = ['operator', 'degree', 'cases', 'order', 'exact', 'bounded', 'smooth', 'adjoint', 'kinks'].concat(
    mutantKinds,
    'equivalent',
  );
  const rows = proofs.map((proof) => rowOf(proof));
  const total = ['total', '', ...header.slice(2).map((_, i) => totalOf(proofs, rows, i + 2))];
  const widths = header.map((title, i) =>
    Math.max(...[header, ...rows, total].map((row) => row[i]!.length), title.length),
  );
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  return [
    `proved gradients, seed ${seed}; derivatives compared by mode; mutants killed+refused by kind, and those that change nothing`,
    line(header),
    ...rows.map(line),
    line(total),
  ].join('\n');
}

function rowOf({ op, cases, order, tally, adjoint, kinks, mutants }: Proof): string[] {
  const degrees = Object.entries(op.degree).map(([input, degree]) => `${input}:${degree}`);
  const differentiable = Object.values(op.vjp).some((rule) => typeof rule === 'function');
  const fates = (kind: (typeof mutantKinds)[number], fate: Fate): number => mutants?.counts[kind][fate] ?? 0;
  return [
    op.name,
    differentiable ? degrees.join(' ') : reasonFor(op.vjp),
    `${cases}`,
    differentiable ? `${order}` : '–',
    ...[tally.exact, tally.bounded, tally.smooth, adjoint, kinks].map(String),
    ...mutantKinds.map((kind) => `${fates(kind, 'killed')}+${fates(kind, 'refused')}`),
    `${mutantKinds.reduce((sum, kind) => sum + fates(kind, 'equivalent'), 0)}`,
  ];
}

/** Why there is nothing to differentiate: `zero`, `nondiff`, or no inputs at all. */
function reasonFor(vjp: Proof['op']['vjp']): string {
  const kinds = Object.values(vjp).flatMap((rule) => (typeof rule === 'function' ? [] : [rule.kind]));
  return kinds.length === 0 ? 'constant' : [...new Set(kinds)].join(' ');
}

function totalOf(proofs: readonly Proof[], rows: readonly (readonly string[])[], column: number): string {
  if (column === 3) return '';
  const sums = rows.map((row) => row[column]!.split('+').map(Number));
  const total = sums.reduce(
    (sum, cells) => sum.map((x, i) => x + (cells[i] ?? 0)),
    sums[0]!.map(() => 0),
  );
  return proofs.length === 0 ? '' : total.join('+');
}
