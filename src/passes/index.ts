/** Rewriting of graphs: checked, logged as patches, undoable. Numbers keep their bits. */
export { type Literal, type Literals, literals } from '../ops/constant/literals.ts';
export { mergeCommonSubexpressions } from './common-subexpressions.ts';
export { removeDeadCode } from './dead-code.ts';
export { explain } from './explain.ts';
export { type FoldOptions, foldConstants } from './fold-constants.ts';
export { type Optimized, optimize } from './optimize.ts';
export type { EditableGraph, EditableNode, Rewrite } from './rewrite.ts';
export { type Recipe, runPass } from './run-pass.ts';
export { simplify } from './simplify.ts';
export { redo, undo } from './undo.ts';
