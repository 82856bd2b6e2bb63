export type { LabClaim, LabCurve, LabOptions, LabPicture, LabResult, LabTable, System } from './system.ts';
export { systems } from './systems.ts';
