import { type Arithmetic, type ArithmeticOptions, convArithmetic } from './conv-arithmetic.ts';

/** How an animation is drawn. */
export interface AnimationOptions {
  /** Side of a cell in pixels; default 28. */
  readonly side?: number;
  /** Seconds that each element of the result is shown; default 0.7. */
  readonly seconds?: number;
}

const gap = 24;
const captionHeight = 34;

/**
 * The arithmetic of a convolution as an animated SVG of its own (operators.md 85): on the left the input (blue) among the zeros that are put in, the
 * kernel walking over it; on the right the element of the result that it makes. Follows the reader's choice of light or dark; who wants no
 * motion sees the first step.
 *
 * @throws CotangentError what {@link convArithmetic} refuses.
 */
export function animateArithmetic(options: ArithmeticOptions, animation: AnimationOptions = {}): string {
  const arithmetic = convArithmetic(options);
  const { side = 28, seconds = 0.7 } = animation;
  const { rows, columns, caption } = arithmetic;
  const latticeWidth = columns.lattice.length * side;
  const latticeHeight = rows.lattice.length * side;
  const [width, height] = [
    Math.max(latticeWidth + columns.output * side + 3 * gap, caption.length * 7 + 2 * gap),
    Math.max(latticeHeight, rows.output * side) + gap + captionHeight,
  ];
  const left = latticeWidth + 2 * gap;
  const top = gap + (Math.max(latticeHeight, rows.output * side) - rows.output * side) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${caption}">`,
    `<style>${styleOf(arithmetic, side, seconds)}</style>`,
    `<g transform="translate(${gap} ${gap})">`,
    ...cellsOf(arithmetic, side),
    '<g class="kernel">',
    ...rows.taps.flatMap((r) => columns.taps.map((c) => square(c * side, r * side, side, 'tap'))),
    '</g></g>',
    `<g transform="translate(${left} ${top})">`,
    ...rows.starts.flatMap((_, i) => columns.starts.map((_, j) => square(j * side, i * side, side, 'result'))),
    `<g class="made">${square(0, 0, side, 'now')}</g></g>`,
    `<text x="${gap}" y="${height - 12}">${caption}</text>`,
    '</svg>\n',
  ].join('\n');
}

const square = (x: number, y: number, side: number, kind: string): string =>
  `<rect class="${kind}" x="${x}" y="${y}" width="${side}" height="${side}"/>`;

const cellsOf = ({ rows, columns }: Arithmetic, side: number): string[] =>
  rows.lattice.flatMap((row, r) =>
    columns.lattice.map((column, c) =>
      square(c * side, r * side, side, row === undefined || column === undefined ? 'zero' : 'input'),
    ),
  );

function styleOf({ rows, columns }: Arithmetic, side: number, seconds: number): string {
  const steps = rows.starts.flatMap((r, i) => columns.starts.map((c, j) => ({ r, c, i, j })));
  const frames = (place: (step: (typeof steps)[number]) => readonly [x: number, y: number]): string =>
    steps
      .map((step, k) => {
        const [x, y] = place(step);
        return `${((100 * k) / steps.length).toFixed(3)}% { transform: translate(${x * side}px, ${y * side}px); }`;
      })
      .join(' ');
  const duration = `${(steps.length * seconds).toFixed(2)}s`;
  return `
rect { stroke: #8a929a; stroke-width: 1; } .input { fill: #5b9bd8; } .zero { fill: none; stroke-dasharray: 3 3; }
.tap { fill: #16345480; stroke: #163454; stroke-width: 1.5; } .result { fill: #58b98f55; } .now { fill: #1f8f63; }
text { font: 14px system-ui, sans-serif; fill: #1c2126; }
@media (prefers-color-scheme: dark) { text { fill: #e6e9ec; } .tap { fill: #f2c46a88; stroke: #f2c46a; } }
@keyframes walk { ${frames(({ r, c }) => [c, r])} }
@keyframes make { ${frames(({ i, j }) => [j, i])} }
@media (prefers-reduced-motion: no-preference) {
.kernel { animation: walk ${duration} step-end infinite; } .made { animation: make ${duration} step-end infinite; } }
`;
}
