import { type Html, html } from '../../report/html.ts';
import type { Found } from '../job.ts';

const [width, height, margin] = [360, 240, 44];

/**
 * Remainders of the linear approximation over the step, both logarithmic, with a line of slope 2 through the largest
 * step: a right gradient follows it.
 */
export function taylorPlot(points: NonNullable<Found['taylor']>): Html | undefined {
  const shown = points
    .filter(({ step, remainder }) => step > 0 && remainder > 0 && Number.isFinite(remainder))
    .map(({ step, remainder }) => [Math.log10(step), Math.log10(remainder)] as const)
    .sort(([a], [b]) => b - a);
  const [first] = shown;
  const last = shown.at(-1);
  if (first === undefined || last === undefined || shown.length < 2) return undefined;
  const ideal = [last[0], first[1] + 2 * (last[0] - first[0])] as const;
  const xs = span(shown.map(([x]) => x));
  const ys = span([...shown.map(([, y]) => y), ideal[1]]);
  const x = (value: number): number => round(margin + ((value - xs[0]) / (xs[1] - xs[0])) * (width - margin - 12));
  const y = (value: number): number =>
    round(height - margin - ((value - ys[0]) / (ys[1] - ys[0])) * (height - margin - 12));
  const line = shown.map(([a, b]) => `${x(a)},${y(b)}`).join(' ');
  const slope = (first[1] - last[1]) / (first[0] - last[0]);
  return html`<figure class="taylor"><svg role="img" aria-label="Taylor plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<path class="axis" d="M${margin},12V${height - margin}H${width - 12}"/>
${ticks(xs).map((at) => html`<text class="tick" x="${x(at)}" y="${height - margin + 16}">${power(at)}</text>`)}
${ticks(ys).map((at) => html`<text class="tick left" x="${margin - 6}" y="${y(at)}">${power(at)}</text>`)}
<line class="ideal" x1="${x(first[0])}" y1="${y(first[1])}" x2="${x(ideal[0])}" y2="${y(ideal[1])}"/>
<polyline class="measured" points="${line}"/>
${shown.map(([a, b]) => html`<circle cx="${x(a)}" cy="${y(b)}" r="3"/>`)}
<text class="tick" x="${(width + margin) / 2}" y="${height - 8}">step</text>
</svg><figcaption>Taylor remainder: slope ${slope.toFixed(2)}, dashed 2</figcaption></figure>`;
}

/** The range of values, never empty. */
function span(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.1, 0.06 * (high - low));
  return [low - room, high + room];
}

/** Whole powers of ten, at most about six. */
function ticks([low, high]: readonly [number, number]): number[] {
  const every = Math.max(1, Math.ceil((high - low) / 6));
  const first = Math.ceil(low / every) * every;
  return Array.from({ length: Math.max(0, Math.floor((high - first) / every) + 1) }, (_, i) => first + i * every);
}

const power = (exponent: number): Html => html`10<tspan dy="-4" font-size="8">${exponent}</tspan>`;
const round = (value: number): number => Math.round(10 * value) / 10;
