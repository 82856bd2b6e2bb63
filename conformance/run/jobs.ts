import { readOnnxCases, readTorchCases } from '../cases/case-file.ts';
import { caseFiles } from '../cases/folder.ts';
import { contestedOnnx } from '../onnx/contested.ts';
import { runOnnx } from '../onnx/run-onnx.ts';
import { contestedTorch } from '../torch/contested.ts';
import { runTorch } from '../torch/run-torch.ts';
import type { Settings } from './experiment.ts';
import { type CaseIdentity, type Outcome, outcomeOf } from './outcome.ts';

/** A case that is read and checked, but not run. */
export interface Job {
  readonly identity: CaseIdentity;
  run(settings: Settings): Outcome;
}

/** All cases of a folder of PyTorch's results. @throws CaseFileError for a file that does not hold cases. */
export const torchJobs = (folder: string): readonly Job[] =>
  caseFiles(folder).flatMap(({ file, path }) =>
    readTorchCases(path).map((one): Job => {
      const identity: CaseIdentity = { suite: 'torch', file, op: one.op, name: one.name };
      const contested = contestedTorch(one);
      return { identity, run: (settings) => outcomeOf(identity, () => runTorch(one, settings), contested) };
    }),
  );

/** All cases of a folder of ONNX node tests. @throws CaseFileError for a file that does not hold cases. */
export const onnxJobs = (folder: string): readonly Job[] =>
  caseFiles(folder).flatMap(({ file, path }) =>
    readOnnxCases(path).map((one): Job => {
      const identity: CaseIdentity = { suite: 'onnx', file, op: one.op, name: one.name };
      const contested = contestedOnnx(one);
      return { identity, run: (settings) => outcomeOf(identity, () => runOnnx(one, settings), contested) };
    }),
  );
