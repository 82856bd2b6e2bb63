/** Temporary entry. */
import { reference } from 'cotangent';
import { readTorchCases } from './cases/case-file.ts';
import { caseFiles } from './cases/folder.ts';
import { outcomeOf } from './run/outcome.ts';
import { runTorch } from './torch/run-torch.ts';

let bad = 0;
for (const { file, path } of caseFiles('../shared/conformance/torch')) {
  const t = performance.now();
  const outs = readTorchCases(path).map((one) =>
    outcomeOf({ suite: 'torch', file, op: one.op, name: one.name }, () => runTorch(one, { backend: reference })),
  );
  const off = outs.filter((o) => o.status !== 'passed');
  console.log(file, outs.length, off.length, Math.max(...outs.map((o) => o.worst)), (performance.now() - t) | 0);
  for (const o of off)
    console.log('   ', o.status, o.name, o.reasons.map((r) => r.split('\n').slice(0, 3).join('|')).join('; '));
  bad += off.length;
}
console.log(bad);
