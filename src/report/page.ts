import { Html, html } from './html.ts';
import { pageStyle } from './page-style.ts';

/** A part of a page under a heading of its own. */
export interface Section {
  readonly title: string;
  /** What is seen there, in a line or two. */
  readonly note?: string | undefined;
  readonly content: Html | readonly Html[];
}

/** What a page is made of. */
export interface PageContent {
  readonly title: string;
  /** A line under the title: when, by what, of what. */
  readonly facts?: string | undefined;
  /** Before the first section. */
  readonly intro?: Html | readonly Html[] | undefined;
  readonly sections: readonly Section[];
  /** Whether links to the sections stand above them. */
  readonly contents?: boolean;
  /** More CSS, after that of every page. */
  readonly style?: string;
  /** A program of the page; without one, the page runs none. */
  readonly script?: string;
}

/** A whole page as one HTML text: it needs nothing from elsewhere, and its own policy keeps it from asking for anything. */
export function page({ title, facts, intro, sections, contents = false, style = '', script }: PageContent): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:${script === undefined ? '' : "; script-src 'unsafe-inline'"}`;
  const links = contents && sections.map((section, i) => html`<a href="#s${i + 1}">${section.title}</a>`);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<title>${title}</title><style>${new Html(pageStyle + style)}</style></head>
<body>
<h1>${title}</h1>
${facts === undefined ? undefined : html`<p class="facts">${facts}</p>`}
${intro}
${links === false ? undefined : html`<nav>${links}</nav>`}
${sections.map(
  (section, i) => html`<h2 id="s${i + 1}">${section.title}</h2>
${section.note === undefined ? undefined : html`<p class="note">${section.note}</p>`}
${section.content}
`,
)}
${script === undefined ? undefined : html`<script>${new Html(script)}</script>`}
</body></html>
`.text;
}
