import type { MutantRecord } from '../../check/mutants/ledger.ts';

/** Without a terminal, a line is written this often at most, in seconds. */
const interval = 10;

interface Reached {
  readonly tried: number;
  readonly of: number;
  readonly mutants: readonly MutantRecord[];
  readonly seconds: number;
}

/** Shows how far it has come: a line that is rewritten where the stream is a terminal, else a line now and then. */
export function mutantsProgressOn(out: NodeJS.WritableStream & { readonly isTTY?: boolean }): {
  show(reached: Reached): void;
  close(): void;
} {
  let shown = 0;
  return {
    show: ({ tried, of, mutants, seconds }) => {
      if (out.isTTY !== true && seconds - shown < interval) return;
      shown = seconds;
      const survived = mutants.filter(({ fate }) => fate === 'survived').length;
      const text = `${tried}/${of} parts  ${mutants.length} mutants  ${survived} survived  ${Math.round(seconds)} s`;
      out.write(out.isTTY === true ? `\r\x1b[2K${text}` : `${text}\n`);
    },
    close: () => {
      if (out.isTTY === true) out.write('\r\x1b[2K');
    },
  };
}
