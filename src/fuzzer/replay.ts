import { campaignsFor } from './campaigns-for.ts';
import { Corpus } from './corpus.ts';
import { parseFailureId, slugOf } from './failure-id.ts';
import { findingText } from './report/finding-text.ts';
import { replayCommand } from './report/replay-command.ts';
import { runJob } from './run-job.ts';
import type { Selection } from './selection.ts';

interface ReplaySettings {
  readonly selection: Selection;
  readonly corpus: string;
  readonly version: string;
}

/**
 * Repeats one failure and shows everything known of it. Target and order come from the corpus where it holds the failure.
 *
 * @returns the verdict; `unknown` where the id names no campaign.
 */
export async function replay(
  id: string,
  { selection, corpus, version }: ReplaySettings,
  out: NodeJS.WritableStream,
): Promise<'proved' | 'refuted' | 'inconclusive' | 'missing' | 'unknown'> {
  const parts = parseFailureId(id);
  if (parts === undefined) return 'unknown';
  const known = new Corpus(corpus).entries().find((entry) => entry.id === id);
  const target = selection.target ?? known?.target;
  const order = Math.max(selection.order, known?.order ?? 1);
  const all = { ops: true, laws: true, graphs: true, order, ...(target === undefined ? {} : { target }) };
  const campaign = (await campaignsFor(all)).find(({ name }) => slugOf(name) === parts.slug);
  if (campaign === undefined) return 'unknown';
  if (known !== undefined && known.version !== version)
    out.write(`found by version ${known.version}, this is ${version}: the case may be another\n`);
  const { seed, path } = parts;
  const wanted = ['missing', 'inconclusive'] as const;
  const { found } = await runJob(
    campaign,
    { campaign: campaign.name, seed, path, runs: 1, wanted, seconds: Number.POSITIVE_INFINITY },
    () => false,
  );
  const [first] = found;
  if (first === undefined) {
    out.write(`proved  ${campaign.name}: nothing is wrong with ${id}\n`);
    return 'proved';
  }
  out.write(`${findingText({ ...first, replay: replayCommand(id, { order, target }) }, { everything: true })}\n`);
  return first.verdict;
}
