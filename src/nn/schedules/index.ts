export { constantSchedule } from './constant-schedule.ts';
export { type CosineScheduleOptions, cosineSchedule } from './cosine-schedule.ts';
export { exponentialSchedule } from './exponential-schedule.ts';
export { type MultiStepScheduleOptions, multiStepSchedule } from './multi-step-schedule.ts';
export { type OneCycleScheduleOptions, oneCycleSchedule } from './one-cycle-schedule.ts';
export { type PolynomialScheduleOptions, polynomialSchedule } from './polynomial-schedule.ts';
export type { Schedule } from './schedule.ts';
export { type StepScheduleOptions, stepSchedule } from './step-schedule.ts';
export { warmUp } from './warm-up.ts';
