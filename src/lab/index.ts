export { reportJson } from './report-json.ts';
export { type LabReport, runSystem } from './run-system.ts';
export type { LabClaim, LabCurve, LabOptions, LabPicture, LabResult, LabTable, System } from './system.ts';
export { systems } from './systems.ts';
export { writeReport } from './write-report.ts';
