import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../io/write-atomically.ts';
import { reportJson } from './report-json.ts';
import { reportPage } from './report-page.ts';
import type { LabReport } from './run-system.ts';

/**
 * Writes what came of a run into a folder: a PNG per picture, `report.html` with everything on one page and `report.json`. All of it or, where something cannot be written,
 * nothing.
 *
 * @throws CotangentError `io/write`.
 * @returns the files' names.
 */
export async function writeReport(dir: string, report: LabReport): Promise<string[]> {
  const files: (readonly [string, string | Uint8Array])[] = [
    ...report.pictures.map(({ name, png }) => [`${name}.png`, png] as const),
    ['report.html', await reportPage(report)],
    ['report.json', `${JSON.stringify(reportJson(report), null, 1)}\n`],
  ];
  const written: string[] = [];
  try {
    for (const [name, data] of files) {
      writeAtomically(join(dir, name), data);
      written.push(name);
    }
  } catch (error) {
    for (const name of written) rmSync(join(dir, name), { force: true });
    throw error;
  }
  return written;
}
