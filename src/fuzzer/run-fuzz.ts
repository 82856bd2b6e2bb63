import { Corpus } from './corpus.ts';
import type { CorpusEntry } from './corpus-entry.ts';
import { crewFor } from './crew.ts';
import type { Found } from './job.ts';
import { progressOn } from './progress.ts';
import type { FuzzReport } from './report/fuzz-report.ts';
import { headline } from './report/headline.ts';
import { reportOf } from './report/report-of.ts';
import type { Selection } from './selection.ts';
import { fuzz } from './session.ts';

export interface FuzzSettings {
  readonly selection: Selection;
  readonly seed: number;
  readonly runs?: number;
  readonly seconds?: number;
  readonly threads: number;
  /** The folder of known failures. */
  readonly corpus: string;
  readonly version: string;
}

/**
 * A whole session: known failures, new cases until the end, and what came of them. Failures are kept as they are found.
 * Ctrl-C ends it after the present cases; a second one at once.
 *
 * @throws CotangentError where the target, the corpus or the report cannot be used.
 */
export async function runFuzz(
  settings: FuzzSettings,
  out: NodeJS.WritableStream & { readonly isTTY?: boolean },
): Promise<FuzzReport> {
  const { selection, runs, seconds, seed } = settings;
  const corpus = new Corpus(settings.corpus);
  const known = corpus.entries().filter(({ target, order }) => target === selection.target && order <= selection.order);
  const crew = await crewFor(selection, settings.threads);
  const limits = { ...(runs === undefined ? {} : { runs }), ...(seconds === undefined ? {} : { seconds }) };
  const progress = progressOn(out, limits);
  const interrupted = onInterrupt(() => {
    crew.stop();
    progress.say('stopping after the present cases; once more to end at once');
  });
  const began = new Date();
  const { campaigns, lanes } = crew;
  progress.say(
    `seed ${seed}: ${campaigns.length} campaigns on ${lanes.length === 1 ? '1 thread' : `${lanes.length} threads`}` +
      `${known.length === 0 ? '' : `, ${known.length} known failures first`}`,
  );
  try {
    const result = await fuzz({
      campaigns,
      lanes,
      seed,
      ...limits,
      known,
      stopped: crew.stopped,
      onProgress: (tallies, fresh) => {
        for (const found of fresh) {
          progress.say(`${found.verdict.toUpperCase()}  ${headline(found)}  (${found.id})`);
          if (found.verdict === 'refuted') corpus.save(entryOf(found, settings));
        }
        progress.show(tallies);
      },
    });
    for (const entry of result.fixed) {
      corpus.fix(entry);
      progress.say(`fixed: ${entry.id} ${entry.summary}`);
    }
    return reportOf({ ...settings, threads: lanes.length }, result, { began, interrupted: crew.stopped() });
  } finally {
    progress.close();
    interrupted.forget();
    await crew.close();
  }
}

function onInterrupt(act: () => void): { forget(): void } {
  const once = (): void => {
    // The next one meets no handler and ends the process.
    process.off('SIGINT', once);
    act();
  };
  process.on('SIGINT', once);
  return { forget: () => void process.off('SIGINT', once) };
}

const entryOf = (found: Found, { selection: { order, target }, version }: FuzzSettings): CorpusEntry => ({
  id: found.id,
  campaign: found.campaign,
  seed: found.seed,
  path: found.path,
  place: found.place,
  version,
  order,
  ...(target === undefined ? {} : { target }),
  summary: found.summary,
  case: found.case,
});
