import type { LabReport } from './run-system.ts';

/** A report as plain JSON: pictures by the names of their files; numbers that JSON has no word for as strings. */
export const reportJson = (report: LabReport): object =>
  JSON.parse(
    JSON.stringify(
      {
        ...report,
        pictures: report.pictures.map(({ name, caption }) => ({ file: `${name}.png`, caption })),
      },
      (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
    ),
  ) as object;
