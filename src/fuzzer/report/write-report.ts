import { writeAtomically } from '../../io/write-atomically.ts';
import type { FuzzReport } from './fuzz-report.ts';
import { htmlReport } from './html-report.ts';
import { jsonReport } from './json-report.ts';
import { junitReport } from './junit-report.ts';

/** Writes the report in the format that the file’s name ends in: `.html`, `.json` or `.xml`. */
export function writeReport(path: string, report: FuzzReport): void {
  const render = path.endsWith('.json') ? jsonReport : path.endsWith('.xml') ? junitReport : htmlReport;
  writeAtomically(path, render(report));
}
