export { acos } from './acos.ts';
export { acosh } from './acosh.ts';
export { asin } from './asin.ts';
export { asinh } from './asinh.ts';
export { atanh } from './atanh.ts';
export { cosh } from './cosh.ts';
export { sinh } from './sinh.ts';
export { tan } from './tan.ts';
