/**
 * The U-Net of W8 and W9 in terms of somebody's layers (`conv`, `up`, `relu`, `pool`, `concat`); its depth is told by the
 * parameters' names.
 */
export function skippedUnet(names, { conv, up, relu, pool, concat }, x) {
  const depth = names.filter((name) => /^expand\d+\.w$/.test(name)).length;
  const levels = Array.from({ length: depth }, (_, i) => i + 1);
  const stage = (name, y) => relu(conv(`${name}.conv2`, relu(conv(`${name}.conv1`, y, 1)), 1));
  const skips = [];
  let y = x;
  for (const level of levels) {
    y = stage(`down${level}`, y);
    skips.push(y);
    y = pool(y);
  }
  y = stage('bottleneck', y);
  for (const level of levels.toReversed()) y = stage(`up${level}`, concat(up(`expand${level}`, y), skips.pop()));
  return conv('head', y, 0);
}
