/** A table for terminals: columns of numbers stand to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]!.length)));
  const isNumber = head.map((_, c) =>
    rows.every((row) => /^([-−]?[\d.\u202f]+(e[-+]?\d+)?|[-−]?∞|NaN|–|)$/.test(row[c]!)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, c) => (isNumber[c] ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join('  ')
      .trimEnd();
  return [head, ...rows].map(line).join('\n');
}
