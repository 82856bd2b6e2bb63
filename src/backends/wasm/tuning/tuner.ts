import type { Choice } from '../kernels/conv/choose.ts';
import type { Tuner } from '../kernels/conv/choosing.ts';
import type { Correlation } from '../kernels/conv/correlation.ts';
import type { Features } from '../kernels/kernel.ts';
import { measure } from './measure.ts';
import type { TuningCache } from './tuning-cache.ts';

/** A tuner that measures what the cache does not know. */
export function tunerWith(cache: TuningCache, features: Features, exact: boolean): Tuner {
  const surroundings = `${engine()}${features.relaxed ? ', fused' : ''}${exact ? ', exact' : ''}`;
  return {
    chosen: new WeakMap(),
    choose: (problem, candidates) => {
      const key = `${surroundings}: ${told(problem)}`;
      const name = cache.get(key);
      // A name that another version gave may be none of these.
      const known = candidates.find((candidate) => candidate.name === name);
      const best = known ?? fastest(problem, candidates, features);
      if (known === undefined && best !== undefined) cache.set(key, best.name);
      return best;
    },
  };
}

/** Shares of the time that are no accident. */
const clearly = 0.95;

function fastest(problem: Correlation, candidates: readonly Choice[], features: Features): Choice | undefined {
  const times = measure(
    problem,
    candidates.map(({ kernel }) => kernel(problem, ({ inputs }) => ({ x: inputs.x!, w: inputs.w! }))),
    features,
  );
  if (times === undefined) return undefined;
  const counted = candidates.reduce((a, b) => (b.time < a.time ? b : a));
  const least = Math.min(...times);
  // What a count finds best stays where nothing is clearly faster: times are never the same twice.
  return times[candidates.indexOf(counted)]! * clearly <= least ? counted : candidates[times.indexOf(least)];
}

/** A problem in a line: `f32 8×16→16 of 1, 64·3→64 by 1 from -1, …`. */
function told({ dtype, batch, channels, outputs, groups, axes }: Correlation): string {
  const lines = axes.map(
    ({ x, w, y, lo, stride, xDilation, wDilation }) =>
      `${x}·${w}→${y} from ${-lo} by ${stride}/${xDilation}, ${wDilation}`,
  );
  return [`${dtype} ${batch}×${channels}→${outputs} of ${groups}`, ...lines].join('; ');
}

interface Surroundings {
  readonly process?: { readonly versions?: { readonly v8?: string }; readonly arch?: string };
  readonly navigator?: { readonly userAgent?: string };
}

/** What the same kernels may be faster or slower on. */
function engine(): string {
  const { process, navigator } = globalThis as Surroundings;
  const v8 = process?.versions?.v8;
  return v8 === undefined ? (navigator?.userAgent ?? 'unknown') : `V8 ${v8} ${process?.arch ?? ''}`;
}
