/** Fuzzing in Node: sessions over campaigns, kept failures and reports. Needs fast-check. */
export { fuzzableNames } from './campaigns-for.ts';
export { replay } from './replay.ts';
export { summaryText } from './report/summary-text.ts';
export { writeReport } from './report/write-report.ts';
export { type FuzzSettings, runFuzz } from './run-fuzz.ts';
export type { Selection } from './selection.ts';
