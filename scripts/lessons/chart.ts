import { type Curve, linePlot } from '../../src/report/index.ts';
import { pageStyle } from '../../src/report/page-style.ts';

const [width, height] = [440, 290];
const colours = 8;

/** A plot of its own: the report's SVG with the page's colours, light and dark, and what its lines are. */
export async function drawChart(curve: Curve): Promise<string> {
  const { text } = await linePlot(curve);
  const plot = /<svg role="img"[\s\S]*?<\/svg>/.exec(text)![0];
  const variables = [...pageStyle.matchAll(/(@media \(prefers-color-scheme: dark\) \{ )?:root \{[^}]*\}( \})?/g)].map(
    (m) => m[0],
  );
  const legend = curve.lines.map(
    ({ name }, n) =>
      `<g transform="translate(${20 + 210 * (n % 2)} ${height + 14 + 20 * Math.floor(n / 2)})"><line x2="24" stroke="var(--line${(n % colours) + 1})" stroke-width="3"/>` +
      `<text x="32" y="4">${name}</text></g>`,
  );
  const whole = height + 20 * Math.ceil(curve.lines.length / 2) + 10;
  const inner = plot.replace('<svg ', `<svg width="${width}" height="${height}" `);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}">` +
    `<style>${variables.join('\n')} text { font: 12px system-ui, sans-serif; fill: var(--soft); }</style>\n${inner}\n${legend.join('\n')}</svg>\n`
  );
}
