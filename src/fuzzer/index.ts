/** Fuzzing in Node: sessions over campaigns, kept failures and reports; mutants. Needs fast-check. */
export { mistakes } from '../check/mutants/mutant.ts';
export { fuzzableNames } from './campaigns-for.ts';
export { mutantsList, mutantsText } from './mutants/mutants-text.ts';
export { isUnfaulted, operatorNames, runMutants } from './mutants/run-mutants.ts';
export { replay } from './replay.ts';
export { summaryText } from './report/summary-text.ts';
export { writeReport } from './report/write-report.ts';
export { type FuzzSettings, runFuzz } from './run-fuzz.ts';
export type { Selection } from './selection.ts';
