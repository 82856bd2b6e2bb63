import { describe } from '../graph/builder.ts';
import { CotangentError, GraphError } from '../graph/error.ts';
import { captureOrigin, locate } from '../graph/source.ts';
import type { Tensor } from '../graph/tensor.ts';

/**
 * Runs the body of a user-facing function. What it refuses before any operator does is told like an operator's refusal:
 * with the place of the call, the operands, their types and where they were made. Operands that are no tensors are left out.
 */
export function told<T>(name: string, operands: { readonly [name: string]: unknown }, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof CotangentError) || error instanceof GraphError) throw error;
    const { code, summary, details, fix } = error;
    const at = locate(captureOrigin());
    const where = at === undefined ? [] : [`in ${name}, called at ${at}`];
    const given = Object.entries(operands).flatMap(([key, t]) => (isTensor(t) ? [describe(key, t)] : []));
    throw new GraphError({ code, summary, details: [...where, ...given, ...details], fix }, name);
  }
}

const isTensor = (operand: unknown): operand is Tensor =>
  typeof operand === 'object' && operand !== null && 'node' in operand;
