import { allJudges, ownJudges, valuesJudge } from '../../check/mutants/judges.ts';
import type { MutantPlace } from '../../check/mutants/ledger.ts';
import type { KillRow, MutantsReport } from './mutant-report.ts';

const titles: { readonly [P in MutantPlace]: string } = {
  rule: 'gradients',
  kink: 'gradients at kinks',
  forward: 'values',
};

const judges = [...ownJudges, ...allJudges.filter(({ own }) => !own)];

/** The kill rates as a table, what became of the rest, and who refused what was right. */
export function mutantsText(report: MutantsReport): string {
  const { rows, mutants, parts, alarms } = report;
  const count = (fate: string): number => mutants.filter((each) => each.fate === fate).length;
  const header = ['', 'mutants', 'cotangent', ...judges.map(({ name }) => name)];
  const lines = (['rule', 'kink', 'forward'] as const).flatMap((place) => {
    const some = rows.filter(({ of }) => of === place);
    if (some.length === 0) return [];
    return [
      [`wrong ${titles[place]}`, ...cellsOf(sumOf(some), place)],
      ...some.map((row) => [`  ${row.mistake}`, ...cellsOf(row, place)]),
    ];
  });
  const refusals = judges
    .filter(({ name }) => (alarms[name]?.refused ?? 0) > 0)
    .map(({ name }) => `${name} ${alarms[name]!.refused} of ${alarms[name]!.asked}`);
  const stopped = parts.tried < parts.of ? `, stopped after ${parts.tried} of ${parts.of} parts` : '';
  return [
    `mutants of ${report.operators} operators, seed ${report.seed}, ${Math.round(report.seconds)} s${stopped}`,
    '',
    ...aligned([header, ...lines]),
    '',
    'cotangent: all of ours together. exact, bounded, smooth: by numeric derivatives in no stricter mode than that.',
    'adjoint: where the operator is affine. values: beside the compiled backend, which is written independently.',
    `${count('equivalent')} more are equivalent: the same bits wherever they were tried (--list shows why).`,
    `${count('refused')} more are refused before they run: they have no valid types.`,
    `Right gradients refused: ${refusals.length === 0 ? 'none' : refusals.join(', ')}.`,
    '',
  ].join('\n');
}

/** Every survivor and every equivalent, with the reason. */
export function mutantsList({ mutants }: MutantsReport): string {
  const named = (fate: string): string[] =>
    mutants
      .filter((each) => each.fate === fate)
      .map(({ mistake, name, why }) => `${fate}  ${mistake}  ${name}${why === undefined ? '' : `  (${why})`}`);
  return [...named('equivalent'), ...named('survived'), ''].join('\n');
}

const sumOf = (rows: readonly KillRow[]): Omit<KillRow, 'of' | 'mistake'> => {
  const by: { [judge: string]: number } = {};
  for (const row of rows) for (const [name, killed] of Object.entries(row.by)) by[name] = (by[name] ?? 0) + killed;
  const total = (of: 'mutants' | 'killed'): number => rows.reduce((sum, row) => sum + row[of], 0);
  return { mutants: total('mutants'), killed: total('killed'), by };
};

function cellsOf({ mutants, killed, by }: Omit<KillRow, 'of' | 'mistake'>, place: MutantPlace): string[] {
  const isAsked = (name: string): boolean =>
    name === valuesJudge.name ? place === 'forward' : place !== 'kink' || name !== 'adjoint';
  return [
    `${mutants}`,
    percent(killed, mutants),
    ...judges.map(({ name }) => (isAsked(name) ? percent(by[name] ?? 0, mutants) : '–')),
  ];
}

/** 100 % only where it is all of them. */
const percent = (part: number, whole: number): string =>
  part === whole ? '100 %' : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)} %`;

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}
