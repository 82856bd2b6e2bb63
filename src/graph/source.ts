/** Where a node was made: an unformatted stack, since formatting one costs more than building the node. */
export type Origin = { readonly stack?: string | undefined };

/** Frames of this library are skipped: the place that helps is the first one in the user's own code. */
const library = new URL('..', import.meta.url).href;
const libraryPath = decodeURIComponent(new URL('..', import.meta.url).pathname);

const depth = 48;

/** Remembers the current call stack without formatting it. */
export function captureOrigin(): Origin {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const origin = new Error();
  Error.stackTraceLimit = limit;
  return origin;
}

/** `file:line` of the first frame outside the library, or undefined where the engine gives no stack. */
export function locate(origin: Origin | undefined): string | undefined {
  for (const line of origin?.stack?.split('\n').slice(1) ?? []) {
    const place = /\(?((?:file:\/\/)?[^\s()]+):(\d+):\d+\)?$/.exec(line.trim());
    if (place === null) continue;
    const file = place[1]!;
    if (file.startsWith(library) || file.startsWith(libraryPath) || file.startsWith('node:')) continue;
    const path = file.replace(/^file:\/\//, '');
    const here = workingDirectory();
    return `${path.startsWith(here) ? path.slice(here.length) : path}:${place[2]}`;
  }
  return undefined;
}

/** The working directory where there is one; browsers have none. */
const workingDirectory = (): string => (typeof process === 'undefined' ? '' : `${process.cwd()}/`);
