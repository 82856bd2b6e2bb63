/** Appends an unsigned integer in LEB128, WebAssembly's form of sizes and indices. */
export function pushUnsigned(bytes: number[], value: number): void {
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
}

/** Appends a signed 32-bit integer in LEB128, WebAssembly's form of constants. */
export function pushSigned(bytes: number[], value: number): void {
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return;
  }
}

/** Appends a string with its length, in UTF-8. */
export function pushName(bytes: number[], name: string): void {
  const text = new TextEncoder().encode(name);
  pushUnsigned(bytes, text.length);
  bytes.push(...text);
}
