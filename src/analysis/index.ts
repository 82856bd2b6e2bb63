export { type CalibrationOptions, calibrateConvCost } from './calibrate-conv-cost.ts';
