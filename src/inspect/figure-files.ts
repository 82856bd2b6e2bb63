import type { Finding } from './part.ts';

/** A picture of a page as a file of its own. */
export interface FigureFile {
  readonly name: string;
  readonly svg: string;
}

/** The page's colours on white paper: a file has no page around it. */
const colours: { readonly [name: string]: string } = {
  ink: '#1c2126',
  soft: '#5c6670',
  line: '#d5dae0',
  ground: '#fff',
  panel: '#f5f7f9',
  good: '#1a7f4b',
  bad: '#c0362c',
  strong: '#2563b8',
  line1: '#0b69b7',
  line2: '#d1560b',
  line3: '#07875f',
  line4: '#a8327a',
  line5: '#8a6a00',
  line6: '#1f9bc9',
  line7: '#6a45c0',
  line8: '#5f6770',
};

const style =
  '<style>text { font-family: system-ui, sans-serif } .over { fill: none; stroke: #c0362c } .ring { stroke: #2563b8; stroke-dasharray: 2% 1% }</style>';

/** Every plot and heat map of what was found, as SVG files named for their parts. */
export function figureFiles(findings: readonly { readonly name: string; readonly finding: Finding }[]): FigureFile[] {
  return findings.flatMap(({ name, finding }) => {
    const drawings = finding.figures.flatMap(({ text }) => [
      ...text.matchAll(/<svg role="img" aria-label="([^"]*)" viewBox="[\d. -]* ([\d.]+) ([\d.]+)"[\s\S]*?<\/svg>/g),
    ]);
    return drawings.map(([svg, title = '', width = '1', height = '1'], i) => {
      // Heat maps have a unit per element.
      const scale = Math.max(1, 320 / Math.max(Number(width), Number(height)));
      const sized = `<svg xmlns="http://www.w3.org/2000/svg" width="${Number(width) * scale}" height="${Number(height) * scale}" role`;
      return {
        name: `${name}-${i + 1}-${slug(title)}.svg`,
        svg: svg
          .replace('<svg role', sized)
          .replace('>', `>${style}`)
          .replaceAll(/var\(--(\w+)\)/g, (whole, colour: string) => colours[colour] ?? whole),
      };
    });
  });
}

const slug = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/&[#\w]+;/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
