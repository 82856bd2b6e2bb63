/** ColorBrewer’s RdBu, from blue to red, as red, green and blue. */
const stops: readonly (readonly [number, number, number])[] = [
  [33, 102, 172],
  [103, 169, 207],
  [247, 247, 247],
  [239, 138, 98],
  [178, 24, 43],
];

/** A colour for a share in [−1, 1]: blue below zero, nearly white at it, red above. Grey for what is no number. */
export function divergingColour(share: number): string {
  if (Number.isNaN(share)) return 'rgb(150,150,150)';
  const place = ((Math.min(1, Math.max(-1, share)) + 1) / 2) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const mixed = stops[below]!.map((from, i) => Math.round(from + (place - below) * (stops[below + 1]![i]! - from)));
  return `rgb(${mixed.join(',')})`;
}

/** Whether text on this colour is read better in white. */
export const isDark = (share: number): boolean => Math.abs(share) > 0.7;
