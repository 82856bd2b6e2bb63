import { type Html, html } from '../../report/index.ts';
import { classColours } from '../panels/class-colours.ts';

/** The colours of classes in pictures; class 0 shows the image. */
export function classLegend(classNames: readonly string[]): Html {
  const colours = classColours(classNames.length);
  const entries = classNames
    .slice(1)
    .map(
      (name, k) =>
        html`<li><svg viewBox="0 0 26 10" aria-hidden="true"><rect width="26" height="10" rx="2" fill="rgb(${colours[k + 1]!.join(',')})"/></svg>${name}</li>`,
    );
  return html`<ul class="legend">${entries}</ul>`;
}
