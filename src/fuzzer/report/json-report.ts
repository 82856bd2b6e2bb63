import type { FuzzReport } from './fuzz-report.ts';

/** The report as JSON: documented in docs/fuzzing.md. NaN and infinities are strings. */
export const jsonReport = (report: FuzzReport): string =>
  `${JSON.stringify(report, (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value), 1)}\n`;
