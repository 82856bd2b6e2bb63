export { bilinear } from './bilinear.ts';
export { constantly, ones, zeros } from './constant.ts';
export { type ConvGeometry, convFan, convTransposeFan } from './fan.ts';
export { glorotNormal, glorotUniform } from './glorot.ts';
export { type HeOptions, heNormal, heUniform } from './he.ts';
export { type IcnrOptions, icnr } from './icnr.ts';
export type { Fan, Initialiser } from './initialiser.ts';
