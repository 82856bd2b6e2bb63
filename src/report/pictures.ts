import { type Html, html } from './html.ts';

/** A picture to look at. */
export interface PagePicture {
  readonly caption: string;
  readonly png: Uint8Array;
}

/** Pictures one beside the other, as many as fit; they lie in the page itself. */
export const pictures = (shown: readonly PagePicture[]): Html =>
  html`<div class="pictures">
${shown.map(({ caption, png }) => html`<figure><img src="data:image/png;base64,${base64(png)}" alt="${caption}"><figcaption>${caption}</figcaption></figure>\n`)}</div>`;

/** Sixteen thousand at a time: arguments of a function lie on the stack. */
const most = 16_384;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += most) text += String.fromCharCode(...bytes.subarray(at, at + most));
  return btoa(text);
}
