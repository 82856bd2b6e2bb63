import { join } from 'node:path';
import { formatDuration } from '../io/format-duration.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import { compare, resumeComparison } from '../train/compare/compare.ts';
import { comparisonJson } from '../train/compare/comparison-json.ts';
import { comparisonPage } from '../train/compare/comparison-page.ts';
import { leaderboard } from '../train/compare/leaderboard.ts';
import type { NetOutcome } from '../train/compare/measured-net.ts';
import { stepsOf } from '../train/compare/recipe.ts';
import { compareProgress } from './compare-progress.ts';
import { defaultFolder } from './default-folder.ts';
import { exitCode } from './exit-code.ts';
import { onInterrupt } from './on-interrupt.ts';
import type { Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';

/** What the command line of `compare` gives. */
export interface CompareOptions {
  readonly quick?: boolean;
  readonly steps?: number;
  readonly seed: number;
  readonly data?: string;
  readonly threads?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly json?: boolean;
}

/**
 * Compares nets, shows how it goes and what came of it, and writes the page and the leaderboard.
 *
 * @returns the exit code: 1 where a net failed, 130 where Ctrl-C came first.
 */
export async function compareNets(
  names: readonly string[],
  { quick = false, steps, seed, data, threads = 1, out: given, resume, json = false }: CompareOptions,
  out: Terminal['out'],
): Promise<number> {
  const dir = resume ?? given ?? defaultFolder('compare');
  const say = (text: string): void => void (json || out.write(`${text}\n`));
  const comparison = {
    ...(names.length === 0 ? {} : { nets: [...new Set(names)] }),
    seed,
    steps: steps ?? (quick ? stepsOf.quick : stepsOf.full),
    ...(data === undefined ? {} : { dir: data }),
  };
  const display = json ? undefined : compareProgress(out);
  const interrupt = onInterrupt(() => display?.say('\nfinishing these steps; Ctrl-C again quits at once'));
  const run = {
    threads,
    signal: interrupt.signal,
    onOutcome: (outcome: NetOutcome) => {
      if (outcome.kind !== 'interrupted') display?.say(outcomeText(outcome));
    },
    ...(display === undefined ? {} : { onProgress: display.show }),
  };
  say(
    resume === undefined
      ? `comparing on ${data ?? 'built-in shapes'}, ${comparison.steps} steps each; into ${dir}`
      : `going on in ${dir}`,
  );
  try {
    const compared = await (resume === undefined ? compare(dir, comparison, run) : resumeComparison(dir, run));
    display?.close();
    const result = comparisonJson(compared);
    writeAtomically(join(dir, 'leaderboard.json'), `${JSON.stringify(result, null, 1)}\n`);
    writeAtomically(join(dir, 'compare.html'), await comparisonPage(compared));
    if (json) out.write(`${JSON.stringify(result, null, 1)}\n`);
    const { head, rows } = leaderboard(compared);
    say(
      `\n${textTable(
        head,
        rows.map((row) => row.map(String)),
      )}`,
    );
    say(`\n${formatDuration(compared.seconds)}. In ${dir}: compare.html, leaderboard.json, a run folder for each net`);
    if (compared.interrupted) {
      say(`interrupted; what is done is saved. Go on with:\n  cotangent compare --resume ${dir}`);
      return exitCode.interrupted;
    }
    return compared.outcomes.some(({ kind }) => kind === 'failed') ? exitCode.fault : exitCode.ok;
  } finally {
    display?.close();
    interrupt.forget();
  }
}

function outcomeText(outcome: Exclude<NetOutcome, { readonly kind: 'interrupted' }>): string {
  switch (outcome.kind) {
    case 'measured': {
      const { name, scores, secondsPerStep } = outcome.net;
      return `${name.padEnd(16)}  mIoU ${scores.miou.toFixed(3)}  accuracy ${scores.accuracy.toFixed(3)}  ${(1000 * secondsPerStep).toFixed(1)} ms/step`;
    }
    case 'failed':
      return `${outcome.name.padEnd(16)}  failed: ${outcome.reason.split('\n')[0]}`;
  }
}
