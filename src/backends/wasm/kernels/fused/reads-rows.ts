import type { AnyOp } from '../../../../graph/op.ts';
import type { Shape } from '../../../../graph/shape.ts';
import { sumOp } from '../../../../ops/reduce/sum.ts';
import { copyAxes } from '../movement/strided-axes.ts';
import { expressions } from './expressions/index.ts';

/** Rows at least this long are worth loops over rows; shorter ones are copied together first. */
const longEnough = 32;

/** Whether an operator is computed in clusters. */
export const isFused = (op: AnyOp): boolean => expressions.has(op) || op === sumOp;

/** Whether a cluster's loops read a value that lies so: long rows of neighbouring elements. */
export function readsRows(shape: Shape, strides: readonly number[]): boolean {
  const path = { offset: 0, strides };
  const row = copyAxes(shape, path, path).at(-1);
  return row === undefined || (row.from === 1 && row.size >= longEnough) || (row.from === 0 && row.size >= longEnough);
}
