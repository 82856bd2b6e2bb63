export { broadcastTo } from './broadcast.ts';
export { concat } from './concat.ts';
export { flip } from './flip.ts';
export { reshape } from './reshape.ts';
export { type SliceRanges, slice } from './slice.ts';
export { transpose } from './transpose.ts';
