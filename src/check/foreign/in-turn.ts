/** Runs one piece of work after the other, whoever asks. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** For libraries whose state, as the backend in use, is one for all. */
export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
