import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { OnnxCase, TorchCase } from './case.ts';
import { caseDTypes } from './case-tensor.ts';

/** A file that does not hold cases: says which file, which case and what is wrong there. */
export class CaseFileError extends Error {}

const text = v.pipe(v.string(), v.nonEmpty());
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const attributes = v.record(v.string(), v.unknown());
const number = /^(NaN|-?Infinity|-?\d+(\.\d+)?([eE][-+]?\d+)?)$/;

const tensor = v.pipe(
  v.object({
    name: v.optional(v.string()),
    dtype: v.picklist(caseDTypes),
    shape: v.array(whole),
    // A plain check: there are millions of them.
    data: v.custom<readonly (number | string)[]>(isNumbers, 'expected numbers, or strings that stand for one'),
  }),
  v.check(
    ({ shape, data }) => data.length === shape.reduce((a, b) => a * b, 1),
    ({ input: { shape, data } }) => `${data.length} numbers for shape [${shape}]`,
  ),
);
const named = v.pipe(
  tensor,
  v.check(({ name }) => name !== undefined, 'has no name'),
);
const perInput = v.array(v.nullable(tensor));

const torchCase = v.object({
  name: text,
  op: text,
  attributes,
  inputs: v.array(named),
  outputs: v.pipe(v.array(named), v.minLength(1)),
  cotangents: v.optional(perInput, []),
  gradients: v.optional(perInput, []),
  hvp: v.optional(
    v.nullable(
      v.object({
        loss: v.picklist(['linear', 'quadratic']),
        method: v.picklist(['autograd', 'central-difference']),
        directions: perInput,
        results: perInput,
      }),
    ),
  ),
});

const onnxCase = v.object({
  name: text,
  op: text,
  opset: whole,
  domain: v.optional(v.string()),
  attributes,
  inputs: perInput,
  outputs: v.pipe(perInput, v.minLength(1)),
});

/** The cases of one file of PyTorch results. @throws CaseFileError */
export const readTorchCases = (path: string): readonly TorchCase[] => readCases(path, torchCase) as TorchCase[];

/** The cases of one file of ONNX node tests. @throws CaseFileError */
export const readOnnxCases = (path: string): readonly OnnxCase[] => readCases(path, onnxCase) as OnnxCase[];

function readCases(path: string, schema: v.GenericSchema): unknown[] {
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CaseFileError(`${path}: cannot be read as JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(list)) throw new CaseFileError(`${path}: must hold a list of cases`);
  return list.map((one: unknown, k) => {
    const { success, output, issues } = v.safeParse(schema, one);
    if (success) return output;
    const name = (one as { name?: unknown } | null)?.name;
    const at = typeof name === 'string' ? `case '${name}'` : `case ${k}`;
    const [issue] = issues;
    throw new CaseFileError(`${path}: ${at}: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
  });
}

function isNumbers(data: unknown): boolean {
  if (!Array.isArray(data)) return false;
  for (const one of data) if (typeof one !== 'number' && !(typeof one === 'string' && number.test(one))) return false;
  return true;
}
