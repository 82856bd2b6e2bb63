import { existsSync } from 'node:fs';
import { reference } from 'cotangent';
import { describe, expect, test } from 'vitest';
import { caseFiles } from '../../conformance/cases/folder.ts';
import { torchJobs } from '../../conformance/run/jobs.ts';

const folder = new URL('../../../shared/conformance/torch/', import.meta.url).pathname;
const there = existsSync(folder);
if (!there) console.log('skipped: ../shared/conformance/torch is not there');

describe.skipIf(!there)('PyTorch’s results, gradients and Hessian products to the tolerances of their README', () => {
  test.each(there ? caseFiles(folder) : [])('$file', (file) => {
    const outcomes = torchJobs(file).map((job) => job.run({ backend: reference }));
    expect(outcomes.length).toBeGreaterThan(0);
    const off = outcomes.filter(({ status }) => status !== 'passed');
    expect(off.map(({ name, status, reasons }) => [name, status, ...reasons])).toEqual([]);
  });
});
