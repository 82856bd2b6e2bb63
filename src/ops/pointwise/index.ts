export { abs } from './abs.ts';
export { add } from './add.ts';
export { and } from './and.ts';
export { atan } from './atan.ts';
export type { BinaryFunction } from './binary.ts';
export { cast } from './cast.ts';
export { ceil } from './ceil.ts';
export {
  type CompareFunction,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  notEqual,
} from './compare.ts';
export { cos } from './cos.ts';
export { div } from './div.ts';
export { erf } from './erf.ts';
export { exp } from './exp.ts';
export { expm1 } from './expm1.ts';
export { floor } from './floor.ts';
export { fmod } from './fmod.ts';
export { log } from './log.ts';
export { log1p } from './log1p.ts';
export { maximum } from './maximum.ts';
export { minimum } from './minimum.ts';
export { mul } from './mul.ts';
export { neg } from './neg.ts';
export { not } from './not.ts';
export { or } from './or.ts';
export { pow } from './pow.ts';
export { round } from './round.ts';
export { select } from './select.ts';
export { sign } from './sign.ts';
export { sin } from './sin.ts';
export { sqrt } from './sqrt.ts';
export { sub } from './sub.ts';
export { tanh } from './tanh.ts';
export type { UnaryFunction } from './unary.ts';
