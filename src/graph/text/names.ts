/** Names that print as they are; all others print as JSON strings. */
export const bareName: RegExp = /[A-Za-z_][\w.\-/]*/y;

/** Scopes may hold more than names do, but nothing that could end a line or be taken for a string. */
const bareScope = /^[\p{L}\p{N}_][\p{L}\p{N}_.\-/:+() ]*(?<! )$/u;

/** A name as the text form writes it. */
export function nameText(name: string): string {
  bareName.lastIndex = 0;
  return bareName.test(name) && bareName.lastIndex === name.length ? name : JSON.stringify(name);
}

/** A scope path as the text form writes it. */
export const scopeText = (scope: string): string => (bareScope.test(scope) ? scope : JSON.stringify(scope));
