/** A number of a table or claim: whole ones as they are, others with four significant digits. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  return Number.isSafeInteger(value) ? `${value}` : `${Number(value.toPrecision(4))}`;
}
