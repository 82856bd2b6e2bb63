/** Freezes plain data all the way down. Functions (operators) and typed arrays are left as they are. */
export function freeze<T>(value: T): T {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null || Object.isFrozen(next) || ArrayBuffer.isView(next)) continue;
    const prototype = Object.getPrototypeOf(next);
    if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) continue;
    Object.freeze(next);
    for (const child of Object.values(next)) if (typeof child === 'object') pending.push(child);
  }
  return value;
}
