import type { EChartsCoreOption } from 'echarts/core';
import { Html, html } from '../html.ts';
import { plotSize } from './axes.ts';

let loaded: Promise<typeof import('./echarts.ts')> | undefined;

/**
 * Draws a chart as an SVG text. The library is loaded when the first chart is drawn, so that programs that draw none do not wait for it;
 * it needs no DOM.
 */
export async function renderChart(option: EChartsCoreOption, label: string): Promise<Html> {
  loaded ??= import('./echarts.ts');
  const { init } = await loaded;
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...plotSize });
  try {
    chart.setOption(option);
    return new Html(plain(chart.renderToSVGString(), label));
  } finally {
    chart.dispose();
  }
}

/**
 * Without the library's rules for a mouse, and without clipping (axes reach as far as what is drawn): both have names that are numbered
 * through all charts of a process. So equal charts are equal texts. Sized by the page.
 */
const plain = (svg: string, label: string): string =>
  svg
    .replace(/<(style|defs)\s*>.*?<\/\1>/gs, '')
    .replace(/ (class|clip-path|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replace(
      /^<svg width="\d+" height="\d+"[^>]*?viewBox=/,
      html`<svg role="img" aria-label="${label}" viewBox=`.text.replaceAll('$', '$$$$'),
    );
