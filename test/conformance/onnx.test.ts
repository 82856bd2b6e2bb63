import { existsSync } from 'node:fs';
import { reference } from 'cotangent';
import { describe, expect, test } from 'vitest';
import { readOnnxCases } from '../../conformance/cases/case-file.ts';
import { caseFiles } from '../../conformance/cases/folder.ts';
import { runOnnx } from '../../conformance/onnx/run-onnx.ts';
import { outcomeOf } from '../../conformance/run/outcome.ts';

const folder = new URL('../../../shared/conformance/onnx/', import.meta.url).pathname;
const there = existsSync(folder);
if (!there) console.log('skipped: ../shared/conformance/onnx is not there');

describe.skipIf(!there)('ONNX’s node tests to the tolerances of their README', () => {
  test.each(there ? caseFiles(folder) : [])('$file', ({ file, path }) => {
    const outcomes = readOnnxCases(path).map((one) =>
      outcomeOf({ suite: 'onnx', file, op: one.op, name: one.name }, () => runOnnx(one, { backend: reference })),
    );
    const off = outcomes.filter(({ status }) => status !== 'passed');
    const missing = off.filter(({ status }) => status === 'unsupported');
    for (const { name, reasons } of missing) console.log(`skipped: ${name}: ${reasons}`);
    expect(off.filter((one) => !missing.includes(one)).map(({ name, reasons }) => [name, ...reasons])).toEqual([]);
  });
});
