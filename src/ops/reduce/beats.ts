/** Whether v takes the place of the greatest so far; NaN is greater than every number, and as great as another NaN. */
export function beats(v: number, best: number, ties: 'first' | 'last'): boolean {
  if (Number.isNaN(best)) return Number.isNaN(v) && ties === 'last';
  return v > best || Number.isNaN(v) || (v === best && ties === 'last');
}
