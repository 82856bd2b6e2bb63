export { type RangeOptions, range } from './range.ts';
export { roll } from './roll.ts';
export { tile } from './tile.ts';
export { type TriangleFunction, type TriangleOptions, tril, triu } from './triangle.ts';
