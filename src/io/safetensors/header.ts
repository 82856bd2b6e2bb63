import * as v from 'valibot';
import { sizeOf } from '../../graph/shape.ts';
import { elements } from './element.ts';
import { refuseFile } from './refuse-file.ts';

/** One tensor of the header, checked. */
export interface Entry {
  readonly name: string;
  /** A key of `elements`. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the start of the data. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data. */
  readonly entries: readonly Entry[];
  readonly metadata: { readonly [key: string]: string };
  /** Bytes from the start of the file. */
  readonly dataStart: number;
}

/** The format's own limit. */
const mostHeaderBytes = 100_000_000;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entrySchema = v.strictObject({
  dtype: v.string(),
  shape: v.array(count),
  data_offsets: v.strictTuple([count, count]),
});
// Not v.record, which drops keys like 'constructor'.
const recordSchema = v.custom<{ readonly [key: string]: unknown }>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/**
 * Reads and checks a header: every tensor's bytes lie inside the file, none overlap, none are left over.
 *
 * @throws CotangentError `safetensors/header`, `truncated`, `dtype`, `size`, `layout`.
 */
export function readHeader(path: string, bytes: Uint8Array<ArrayBuffer>): Header {
  const again = 'copy or write the file again.';
  if (bytes.length < 8)
    refuseFile(path, 'truncated', `it has ${bytes.length} bytes; the header length alone takes 8`, again);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > mostHeaderBytes)
    refuseFile(path, 'header', `its header would be ${length} bytes long`, 'give a safetensors file.');
  const dataStart = 8 + Number(length);
  if (bytes.length < dataStart)
    refuseFile(path, 'truncated', `it ends at byte ${bytes.length}, inside its header of ${length} bytes`, again);
  const { __metadata__: metadata = {}, ...tensors } = parse(path, bytes.subarray(8, dataStart));
  const texts = v.safeParse(recordSchema, metadata);
  if (!texts.success || !Object.values(texts.output).every((text) => typeof text === 'string'))
    refuseFile(path, 'header', '__metadata__ must map text to text', again);
  const entries = Object.entries(tensors).map(([name, value]) => checkEntry(path, name, value));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkLayout(path, entries, bytes.length - dataStart);
  return { entries, metadata: texts.output as Header['metadata'], dataStart };
}

function parse(path: string, bytes: Uint8Array): { readonly [name: string]: unknown } {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    refuseFile(path, 'header', 'its header is not JSON', 'give a safetensors file, or write it again.');
  }
  const header = v.safeParse(recordSchema, json);
  if (!header.success)
    refuseFile(path, 'header', 'its header is not an object of tensors', 'give a safetensors file, or write it again.');
  return header.output;
}

function checkEntry(path: string, name: string, value: unknown): Entry {
  const parsed = v.safeParse(entrySchema, value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const at = v.getDotPath(issue);
    refuseFile(
      path,
      'header',
      `tensor '${name}'${at === null ? '' : `.${at}`}: ${issue.message}`,
      'write the file again.',
    );
  }
  const { dtype, shape, data_offsets } = parsed.output;
  if (!Object.hasOwn(elements, dtype))
    refuseFile(
      path,
      'dtype',
      `tensor '${name}' is ${dtype}`,
      `store it as one of ${Object.keys(elements).join(', ')}.`,
    );
  const [begin, end] = data_offsets;
  const needed = sizeOf(shape) * elements[dtype]!.bytes;
  if (end - begin !== needed)
    refuseFile(
      path,
      'size',
      `tensor '${name}' is ${dtype}[${shape.join(',')}] = ${needed} bytes, its data_offsets [${begin}, ${end}] span ${end - begin}`,
      'write the file again.',
    );
  return { name, dtype, shape, begin, end };
}

function checkLayout(path: string, entries: readonly Entry[], available: number): void {
  let reached = 0;
  let before = 'the start';
  for (const { name, begin, end } of entries) {
    if (begin !== reached)
      refuseFile(
        path,
        'layout',
        `tensor '${name}' begins at byte ${begin}, ${before} ends at ${reached}: tensors may not ${begin < reached ? 'overlap' : 'leave gaps'}`,
        'write the file again with a program that follows the format.',
      );
    reached = end;
    before = `'${name}'`;
  }
  if (reached > available)
    refuseFile(
      path,
      'truncated',
      `its tensors take ${reached} bytes, the file has ${available} (${before} is cut)`,
      'copy or write the file again.',
    );
  if (reached < available)
    refuseFile(path, 'layout', `${available - reached} bytes follow the last tensor`, 'write the file again.');
}
