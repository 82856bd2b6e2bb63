/** A campaign’s name without what a shell would want quoted. */
export const slugOf = (campaign: string): string => campaign.replace(/[^\p{L}\d.+=-]+/gu, '_').replace(/^_|_$/g, '');

/** `conv@17:3:0:1`: a case by the campaign, the seed and fast-check’s path. */
export const failureId = (campaign: string, seed: number, path: string): string =>
  `${slugOf(campaign)}@${seed}:${path}`;

/** The parts of an id, the campaign as its slug; undefined if it is none. */
export function parseFailureId(
  id: string,
): { readonly slug: string; readonly seed: number; readonly path: string } | undefined {
  const parts = /^(.+)@(-?\d+):(\d+(?::\d+)*)$/.exec(id);
  return parts === null ? undefined : { slug: parts[1]!, seed: Number(parts[2]), path: parts[3]! };
}
