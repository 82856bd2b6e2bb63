import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/check/fuzz/campaign.ts';
import { Corpus } from '../../src/fuzzer/corpus.ts';
import type { CorpusEntry } from '../../src/fuzzer/corpus-entry.ts';
import { failureId, parseFailureId, slugOf } from '../../src/fuzzer/failure-id.ts';
import { inThisThread } from '../../src/fuzzer/in-this-thread.ts';
import type { Found } from '../../src/fuzzer/job.ts';
import { runJob } from '../../src/fuzzer/run-job.ts';
import { fuzz, type SessionOptions, type SessionResult } from '../../src/fuzzer/session.ts';
import { temporaryFolder } from '../train/temporary-folder.ts';
import { always, refutedFrom, throwing } from './campaigns.ts';

const session = (
  campaigns: readonly Campaign<number>[],
  options: Partial<SessionOptions> = {},
): Promise<SessionResult> =>
  fuzz({
    campaigns,
    lanes: [inThisThread(campaigns as Campaign[], () => false)],
    seed: 7,
    runs: 40,
    known: [],
    stopped: () => false,
    onProgress: () => {},
    ...options,
  });

const foundIn = ({ tallies }: SessionResult): Found[] => tallies.flatMap(({ found }) => found);

describe('a session', () => {
  it('tries as many cases of everything as were asked for', async () => {
    const { tallies } = await session([always('proved', 'a'), always('proved', 'b')]);
    expect(tallies.map(({ name, cases, counts }) => [name, cases, counts.proved])).toEqual([
      ['a', 40, 40],
      ['b', 40, 40],
    ]);
  });

  it('shrinks what is refuted, once for each place', async () => {
    const found = foundIn(await session([refutedFrom(100)]));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ verdict: 'refuted', case: 'n = 100', summary: '100 is <too> large' });
  });

  it('repeats a failure by its id', async () => {
    const [{ id }] = foundIn(await session([refutedFrom(100)])) as [Found];
    const { seed, path, slug } = parseFailureId(id)!;
    expect(slug).toBe(slugOf('small numbers'));
    const job = { campaign: 'small numbers', seed, path, runs: 1, wanted: [], seconds: 10 };
    const { cases, found } = await runJob(refutedFrom(100) as Campaign, job, () => false);
    expect([cases, found[0]?.case, found[0]?.id]).toEqual([1, 'n = 100', id]);
  });

  it('gives the same failures for the same seed, whatever else is fuzzed', async () => {
    const alone = foundIn(await session([refutedFrom(600)]));
    const among = foundIn(await session([always('proved'), refutedFrom(600), always('missing')]));
    expect(among.filter(({ verdict }) => verdict === 'refuted')).toEqual(alone);
    const other = foundIn(await session([refutedFrom(600)], { seed: 8 }));
    expect(other[0]!.id).not.toBe(alone[0]!.id);
  });

  it('reports what is inconclusive or missing, the smallest case once', async () => {
    const { tallies } = await session([always('missing'), always('inconclusive')]);
    expect(tallies.map(({ found, counts }) => [found.map((one) => one.case), counts])).toEqual([
      [['n = 0'], { proved: 0, refuted: 0, inconclusive: 0, missing: 40 }],
      [['n = 0'], { proved: 0, refuted: 0, inconclusive: 40, missing: 0 }],
    ]);
  });

  it('takes a check that throws for refuted', async () => {
    expect(foundIn(await session([throwing]))[0]).toMatchObject({
      verdict: 'refuted',
      summary: 'the check throws: Error: no 6',
      case: 'n = 6',
    });
  });

  it('leaves a campaign that is refuted at one place over and over', async () => {
    const { tallies } = await session([refutedFrom(0)], { runs: 1000 });
    expect(tallies[0]!.cases).toBeLessThan(10);
  });

  it('stops when told', async () => {
    let cases = 0;
    const { tallies } = await session([always('proved')], {
      runs: 1_000_000,
      stopped: () => cases > 100,
      onProgress: ([tally]) => {
        cases = tally!.cases;
      },
    });
    expect(tallies[0]!.cases).toBeLessThan(300);
  });

  it('repeats what is known first, and tells what is fixed', async () => {
    const entry = (campaign: string, seed: number, path: string): CorpusEntry => ({
      ...{ id: failureId(campaign, seed, path), campaign, seed, path, place: 'p', version: '1', order: 1 },
      ...{ summary: 's', case: 'c' },
    });
    const [found] = foundIn(await session([refutedFrom(100)])) as [Found];
    const still = entry('small numbers', found.seed, found.path);
    const gone = entry('proved', 1, '0');
    const other = entry('of another selection', 1, '0');
    const { again, fixed } = await session([refutedFrom(100), always('proved')], { known: [still, gone, other] });
    expect([again, fixed]).toEqual([[still], [gone]]);
  });
});

describe('a corpus', () => {
  const entry = {
    id: 'a@1:0',
    campaign: 'a b',
    seed: 1,
    path: '0',
    place: 'x',
    version: '1',
    order: 1,
    summary: 's',
    case: 'c',
  };

  it('keeps one failure for each place, and puts fixed ones aside', () => {
    const folder = join(temporaryFolder(), 'corpus');
    const corpus = new Corpus(folder);
    expect(corpus.entries()).toEqual([]);
    corpus.save(entry);
    corpus.save({ ...entry, id: 'a@2:0', seed: 2 });
    corpus.save({ ...entry, place: 'y' });
    expect(
      corpus
        .entries()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a@1:0', 'a@2:0']);
    corpus.fix({ ...entry, place: 'y' });
    expect(corpus.entries().map(({ id }) => id)).toEqual(['a@2:0']);
    expect(readdirSync(join(folder, 'fixed'))).toHaveLength(1);
    expect(existsSync(join(folder, 'fixed'))).toBe(true);
  });

  it('says which file is none of its own', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x.json'), '{"id": 3}');
    expect(() => new Corpus(folder).entries()).toThrow(/fuzz\/corpus: .*x\.json/);
  });
});
