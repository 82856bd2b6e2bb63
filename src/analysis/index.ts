export { type CalibrationOptions, calibrateConvCost } from './calibrate-conv-cost.ts';
export { frequencyResponse } from './frequency-response.ts';
