import type { TorchCase } from '../cases/case.ts';
import type { Deviation, Settings } from '../run/experiment.ts';
import { runFunction } from './run-function.ts';

/** Runs one of PyTorch's cases: an optimiser's steps, a schedule, a function or a composition of functions. */
export const runTorch = (one: TorchCase, settings: Settings): readonly Deviation[] => runFunction(one, settings);
