/** Why a case cannot be run: the library lacks something that it needs. */
export class Unsupported extends Error {}

/** Gives up on a case; `what` completes "the library has no …". */
export const unsupported = (what: string): never => {
  throw new Unsupported(what);
};
