/** So many inputs have a line each. */
const most = 3;

/** Lines as they are, or joined to one where there are too many. */
export const inLines = (lines: readonly string[], separator: string): readonly string[] =>
  lines.length > most ? [lines.join(separator)] : lines;
