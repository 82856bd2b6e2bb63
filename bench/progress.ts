import type { WriteStream } from 'node:tty';

/** What `runBench` tells. */
export interface Streams {
  /** Results. */
  out(text: string): void;
  /** What went wrong on the way. */
  err(text: string): void;
  /** What is being done now: one line on a terminal, written over again and again, and nothing in a file. */
  progress(text: string): void;
}

const clear = '\r\u001b[K';

/** The streams of this process. */
export function processStreams({ stdout, stderr }: { stdout: WriteStream; stderr: WriteStream }): Streams {
  let shown = false;
  const hide = (): void => {
    if (shown) stderr.write(clear);
    shown = false;
  };
  return {
    out: (text) => {
      hide();
      stdout.write(text);
    },
    err: (text) => {
      hide();
      stderr.write(text);
    },
    progress: (text) => {
      if (!stderr.isTTY) return;
      stderr.write(`${clear}${text.slice(0, (stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
  };
}
