import { CotangentError } from '../graph/error.ts';
import type { LabOptions, LabResult, System } from './system.ts';

/** A run's result and the circumstances that it holds for. */
export interface LabReport extends LabResult {
  readonly system: Pick<System, 'name' | 'title' | 'checklist' | 'about'>;
  readonly seed: number;
  readonly effort: number;
  readonly backend: string;
  readonly seconds: number;
  /** Whether the claims are to hold: at effort 1 and above. */
  readonly judged: boolean;
}

/**
 * Runs one system.
 *
 * @throws CotangentError `lab/effort` for an effort that is no number above 0; the reason of `signal` when it is aborted.
 */
export async function runSystem(system: System, options: LabOptions): Promise<LabReport> {
  const { seed, effort, backend } = options;
  if (!(effort > 0 && effort < Number.POSITIVE_INFINITY))
    throw new CotangentError({
      code: 'lab/effort',
      summary: `an effort of ${effort} is no amount of work`,
      fix: 'give a number above 0: 1 for the documented result, less for a quick look.',
    });
  const began = performance.now();
  const result = await system.run(options);
  const { name, title, checklist, about } = system;
  return {
    system: { name, title, checklist, about },
    seed,
    effort,
    backend: backend.name,
    seconds: (performance.now() - began) / 1000,
    judged: effort >= 1,
    ...result,
  };
}
