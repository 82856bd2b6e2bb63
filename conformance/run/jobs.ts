import { readOnnxCases, readTorchCases } from '../cases/case-file.ts';
import { type CaseFile, caseFiles } from '../cases/folder.ts';
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

/** The cases of one file of PyTorch's results. @throws CaseFileError for a file that does not hold cases. */
export const torchJobs = ({ file, path }: CaseFile): readonly Job[] =>
  readTorchCases(path).map((one) => {
    const identity: CaseIdentity = { suite: 'torch', file, op: one.op, name: one.name };
    const contested = contestedTorch(one);
    return { identity, run: (settings) => outcomeOf(identity, () => runTorch(one, settings), contested) };
  });

/** The cases of one file of ONNX node tests. @throws CaseFileError for a file that does not hold cases. */
export const onnxJobs = ({ file, path }: CaseFile): readonly Job[] =>
  readOnnxCases(path).map((one) => {
    const identity: CaseIdentity = { suite: 'onnx', file, op: one.op, name: one.name };
    const contested = contestedOnnx(one);
    return { identity, run: (settings) => outcomeOf(identity, () => runOnnx(one, settings), contested) };
  });

/** All cases of a folder. @throws CaseFileError for a folder without case files, or a file that does not hold cases. */
export const folderJobs = (suite: CaseIdentity['suite'], folder: string): readonly Job[] =>
  caseFiles(folder).flatMap(suite === 'torch' ? torchJobs : onnxJobs);
