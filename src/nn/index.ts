export { philox4x32, type Words } from '../ops/random/philox.ts';
export { typed } from '../ops/typed.ts';
export * from './blocks/index.ts';
export { initialValues, parameterTypesOf } from './initial-values.ts';
export {
  bilinear,
  type ConvGeometry,
  constantly,
  convFan,
  convTransposeFan,
  type Fan,
  glorotNormal,
  glorotUniform,
  type HeOptions,
  heNormal,
  heUniform,
  type IcnrOptions,
  type Initialiser,
  icnr,
  ones,
  zeros,
} from './initialisers/index.ts';
export {
  type Bound,
  type Call,
  type Layer,
  layer,
  type Parameter,
  type Parts,
  parameter,
  slower,
  type Values,
} from './layer.ts';
export * from './layers/index.ts';
export { type Aim, type LearningStep, type LearningStepOptions, learningStep } from './learning-step.ts';
export { declareParameters, type Net, net, type Scores, type TypedNet } from './net.ts';
export * from './nets/index.ts';
export * from './optimisers/index.ts';
export { type RandomStream, randomStream } from './random.ts';
export * from './schedules/index.ts';
export { type StepTensors, type TrainStep, type TrainStepOptions, trainStep } from './train-step.ts';
