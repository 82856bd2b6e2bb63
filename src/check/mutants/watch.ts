/** A record that remembers which of its entries were looked at. */
export function watch<T extends object>(record: T): [watched: T, read: Set<string>] {
  const read = new Set<string>();
  const watched = new Proxy(record, {
    get: (target, name, receiver) => {
      if (typeof name === 'string' && Object.hasOwn(target, name)) read.add(name);
      return Reflect.get(target, name, receiver);
    },
  });
  return [watched, read];
}
