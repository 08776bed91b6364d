/** Results of functions of the standard library on known strings and numbers, so that conditions on them are decided. */
import type { Value } from './values.ts';

/** Text of a Go string literal; undefined for one with escapes that are not read here, and for what is no string. */
export function text(v: Value | undefined): string | undefined {
  if (typeof v !== 'string' || v.length < 2) return undefined;
  const inner = v.slice(1, -1);
  if (v.startsWith('`')) return inner;
  if (!v.startsWith('"')) return undefined;
  return inner.includes('\\') ? unescaped(v) : inner;
}

/** Most escapes are those of JSON. */
function unescaped(v: string): string | undefined {
  try {
    return JSON.parse(v) as string;
  } catch {
    return undefined;
  }
}

/** A string as the model has it. */
export const literal = (s: string): Value => JSON.stringify(s);

/** The bytes from `low` to `high` of a known string; undefined when it is not known, or has other characters than ASCII. */
export function substring(v: Value, low: Value, high: Value | undefined): Value | undefined {
  const s = text(v);
  const end = high ?? s?.length;
  if (s === undefined || typeof low !== 'number' || typeof end !== 'number' || !isAscii(s)) return undefined;
  return low <= end && end <= s.length ? literal(s.slice(low, end)) : undefined;
}

/** The length of a known string in bytes; undefined when it is not known. */
export function lengthOf(v: Value): number | undefined {
  const s = text(v);
  return s === undefined || !isAscii(s) ? undefined : s.length;
}

/** The bytes of a known string; undefined when it is not known, or has other characters than ASCII. */
export function bytesOf(v: Value): number[] | undefined {
  const s = text(v);
  return s === undefined || !isAscii(s) ? undefined : [...s].map((c) => c.charCodeAt(0));
}

/** Two known strings one after the other. */
export function concatenated(x: Value, y: Value): Value | undefined {
  const [a, b] = [text(x), text(y)];
  return a === undefined || b === undefined ? undefined : literal(a + b);
}

/** Numbers, or strings, in order; undefined when one of them is not known. */
export function sortedValues(values: readonly Value[]): Value[] | undefined {
  const known = values.filter((v) => typeof v === 'number');
  if (known.length === values.length) return known.sort((a, b) => a - b);
  const texts = values.flatMap((v) => text(v) ?? []);
  if (texts.length < values.length || !texts.every(isAscii)) return undefined;
  return texts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map(literal);
}

function isAscii(s: string): boolean {
  return [...s].every((c) => c < '\u0080');
}

/** The value of `name(args)`; undefined when it is not known. */
export function pureValue(name: string, args: readonly Value[]): Value | undefined {
  if (name === 'fmt.Sprintf') return formatted(args);
  if (name === 'fmt.Sprint' || name === 'fmt.Sprintln') return printed(args, name === 'fmt.Sprintln');
  if (name === 'string') return ofRune(args[0]);
  if (name.startsWith('math.')) return measured(name, args);
  if (name === 'cmp.Compare') return compared(args);
  const [a, b] = [text(args[0]), text(args[1])];
  if (a === undefined) {
    const n = args[0];
    return name === 'strconv.Itoa' && typeof n === 'number' ? literal(String(n)) : undefined;
  }
  switch (name) {
    case 'strings.ToUpper':
      return literal(a.toUpperCase());
    case 'strings.ToLower':
      return literal(a.toLowerCase());
    case 'strings.TrimSpace':
      return literal(a.trim());
    default:
  }
  const [, second] = args;
  if (name === 'strings.Repeat')
    return typeof second === 'number' && second >= 0 && second * a.length <= MAX_TEXT
      ? literal(a.repeat(second))
      : undefined;
  if (b === undefined) return undefined;
  switch (name) {
    case 'strings.Contains':
      return a.includes(b);
    case 'strings.HasPrefix':
      return a.startsWith(b);
    case 'strings.HasSuffix':
      return a.endsWith(b);
    case 'strings.Index':
      return a.indexOf(b);
    case 'strings.LastIndex':
      return a.lastIndexOf(b);
    case 'strings.Count':
      return b === '' ? undefined : a.split(b).length - 1;
    case 'strings.ReplaceAll': {
      const by = text(args[2]);
      return by === undefined || b === '' ? undefined : literal(a.replaceAll(b, () => by));
    }
    case 'strings.EqualFold':
      return a.toLowerCase() === b.toLowerCase();
    case 'strings.TrimPrefix':
      return literal(a.startsWith(b) ? a.slice(b.length) : a);
    case 'strings.TrimSuffix':
      return literal(b !== '' && a.endsWith(b) ? a.slice(0, -b.length) : a);
    default:
      return undefined;
  }
}

/** Characters of a text that is made longer. */
const MAX_TEXT = 1000;

const MEASURED: Readonly<Record<string, (...numbers: number[]) => number>> = {
  'math.Abs': Math.abs,
  'math.Ceil': Math.ceil,
  'math.Floor': Math.floor,
  'math.Max': Math.max,
  'math.Min': Math.min,
  'math.Sqrt': Math.sqrt,
};

function measured(name: string, args: readonly Value[]): Value | undefined {
  const numbers = args.filter((v) => typeof v === 'number');
  const value = numbers.length === args.length ? MEASURED[name]?.(...numbers) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function compared([x, y]: readonly Value[]): Value | undefined {
  const [a, b] = typeof x === 'number' && typeof y === 'number' ? [x, y] : [text(x), text(y)];
  return a === undefined || b === undefined ? undefined : a < b ? -1 : a > b ? 1 : 0;
}

/** `string(r)` of a number. */
function ofRune(v: Value | undefined): Value | undefined {
  return typeof v === 'number' && v >= 0x20 && v < 0x7f ? literal(String.fromCharCode(v)) : undefined;
}

/** A flag, a width and a verb; what else a format may say is not read. */
const VERB = /%([-0]?)(\d*)(.)/g;

/** `fmt.Sprintf` of strings, numbers and truth values that do not print themselves. */
function formatted([format, ...args]: readonly Value[]): Value | undefined {
  const f = text(format);
  if (f === undefined) return undefined;
  let n = 0;
  let isKnown = true;
  const all = f.replace(VERB, (_, flag: string, width: string, verb: string) => {
    if (verb === '%') return '%';
    const s = formattedBy(verb, args[n++]);
    if (s === undefined) isKnown = false;
    const padded = s ?? '';
    return flag === '-' ? padded.padEnd(Number(width)) : padded.padStart(Number(width), flag === '0' ? '0' : ' ');
  });
  return isKnown && n === args.length ? literal(all) : undefined;
}

function formattedBy(verb: string, v: Value | undefined): string | undefined {
  switch (verb) {
    case 'd':
      return typeof v === 'number' ? String(v) : undefined;
    case 'x':
      return typeof v === 'number' && v >= 0 ? v.toString(16) : undefined;
    case 'c':
      return typeof v === 'number' ? text(ofRune(v)) : undefined;
    case 's':
      return text(v);
    case 't':
      return typeof v === 'boolean' ? String(v) : undefined;
    case 'v':
      return plain(v);
    default:
      return undefined;
  }
}

/** A value as `%v` prints it; undefined for what is not known, and for what is no string, number or truth value. */
function plain(v: Value | undefined): string | undefined {
  return typeof v === 'number' || typeof v === 'boolean' ? String(v) : text(v);
}

/** `fmt.Sprint` puts spaces between operands neither of which is a string, `fmt.Sprintln` between all. */
function printed(args: readonly Value[], asLine: boolean): Value | undefined {
  let all = '';
  for (const [n, v] of args.entries()) {
    const s = plain(v);
    if (s === undefined) return undefined;
    const apart = asLine || (typeof v !== 'string' && typeof args[n - 1] !== 'string');
    all += n > 0 && apart ? ` ${s}` : s;
  }
  return literal(asLine ? `${all}\n` : all);
}
