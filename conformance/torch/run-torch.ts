import type { TorchCase } from '../cases/case.ts';
import { distance } from '../run/distance.ts';
import type { Deviation, Settings } from '../run/experiment.ts';
import { torchTolerance } from '../run/tolerance.ts';
import { optimisers } from './optimisers.ts';
import { runFunction } from './run-function.ts';
import { runOptimiser } from './run-optimiser.ts';
import { schedules } from './schedules.ts';

/** Runs one of PyTorch's cases: an optimiser's steps, a schedule, a function or a composition of functions. */
export function runTorch(one: TorchCase, settings: Settings): readonly Deviation[] {
  const { op, attributes } = one;
  if (Object.hasOwn(optimisers, op)) return runOptimiser(optimisers[op]!(attributes), one, settings);
  if (Object.hasOwn(schedules, op)) return runSchedule(one);
  return runFunction(one, settings);
}

/** Schedules are functions of plain numbers: no graph, and no other dtype. */
function runSchedule({ op, attributes, outputs }: TorchCase): Deviation[] {
  const expected = outputs[0]!;
  const rate = schedules[op]!(attributes);
  const rates = expected.data.map((_, step) => rate(step));
  const error = distance(
    { shape: [rates.length], data: rates },
    { shape: expected.shape, data: expected.data.map(Number) },
  );
  return [{ what: `output ${expected.name}`, error, tolerance: torchTolerance('float64', 'f64', 'first', false) }];
}
