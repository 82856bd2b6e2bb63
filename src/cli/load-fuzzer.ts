import { needFastCheck } from './need-fast-check.ts';

/** Sessions and reports, which no other command needs. */
export const loadFuzzer = (): Promise<typeof import('../fuzzer/index.ts')> =>
  needFastCheck(() => import('../fuzzer/index.ts'));
