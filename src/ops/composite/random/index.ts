export { alphaDropout } from './alpha-dropout.ts';
export { dropout } from './dropout.ts';
export type { DropoutOptions } from './keep-mask.ts';
