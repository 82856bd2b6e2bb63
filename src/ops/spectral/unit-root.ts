/**
 * cos and sin of 2πk/n for whole k, exact at quarter turns: the angle is first brought within an eighth of a turn of one,
 * where both are computed to the last place.
 */
export function unitRoot(k: number, n: number): readonly [cos: number, sin: number] {
  const turn = ((k % n) + n) % n;
  const quarters = Math.round((4 * turn) / n);
  const angle = (Math.PI / 2) * ((4 * turn - quarters * n) / n);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  switch (quarters % 4) {
    case 0:
      return [cos, sin];
    case 1:
      return [-sin, cos];
    case 2:
      return [-cos, -sin];
    default:
      return [sin, -cos];
  }
}
