import { existsSync } from 'node:fs';
import { reference } from 'cotangent';
import { describe, expect, test } from 'vitest';
import { caseFiles } from '../../conformance/cases/folder.ts';
import { onnxJobs } from '../../conformance/run/jobs.ts';

const folder = new URL('../../../shared/conformance/onnx/', import.meta.url).pathname;
const there = existsSync(folder);
if (!there) console.log('skipped: ../shared/conformance/onnx is not there');

describe.skipIf(!there)('ONNX’s node tests to the tolerances of their README', () => {
  test.each(there ? caseFiles(folder) : [])('$file', (file) => {
    const outcomes = onnxJobs(file).map((job) => job.run({ backend: reference }));
    expect(outcomes.length).toBeGreaterThan(0);
    const off = outcomes.filter(({ status }) => status !== 'passed');
    expect(off.map(({ name, status, reasons }) => [name, status, ...reasons])).toEqual([]);
  });
});
