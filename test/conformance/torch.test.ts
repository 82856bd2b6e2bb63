import { existsSync } from 'node:fs';
import { reference } from 'cotangent';
import { describe, expect, test } from 'vitest';
import { readTorchCases } from '../../conformance/cases/case-file.ts';
import { caseFiles } from '../../conformance/cases/folder.ts';
import { outcomeOf } from '../../conformance/run/outcome.ts';
import { runTorch } from '../../conformance/torch/run-torch.ts';

const folder = new URL('../../../shared/conformance/torch/', import.meta.url).pathname;
const there = existsSync(folder);
if (!there) console.log('skipped: ../shared/conformance/torch is not there');

describe.skipIf(!there)('PyTorch’s results, gradients and Hessian products to the tolerances of their README', () => {
  test.each(there ? caseFiles(folder) : [])('$file', ({ file, path }) => {
    const outcomes = readTorchCases(path).map((one) =>
      outcomeOf({ suite: 'torch', file, op: one.op, name: one.name }, () => runTorch(one, { backend: reference })),
    );
    const off = outcomes.filter(({ status }) => status !== 'passed');
    const missing = off.filter(({ status }) => status === 'unsupported');
    for (const { name, reasons } of missing) console.log(`skipped: ${name}: ${reasons}`);
    expect(off.filter((one) => !missing.includes(one)).map(({ name, reasons }) => [name, ...reasons])).toEqual([]);
  });
});
