import type { FuzzReport } from './fuzz-report.ts';

export const htmlReport = (report: FuzzReport): string => JSON.stringify(report);
