/** Functions of the standard library that yield several values, or a slice, where what they are given is known. */
import { newError, slice } from './memory.ts';
import { bytesOf, literal, text } from './pure-functions.ts';
import { newReader, newScanner } from './scanner-code.ts';
import type { State } from './state.ts';
import { type Site, Sym, Tuple, type Value } from './values.ts';

/** What a function yields: one value after the other, or one slice. */
interface Results {
  /** With an error as the last value, nil unless it fails. */
  parsed?: { value: Value; fails: boolean };
  tuple?: Value[];
  slice?: Value[];
  object?: Value;
  isNil?: boolean;
  answer?: boolean;
}

type Compute = (st: State, args: readonly Value[], site: Site) => Results | undefined;

/** Characters of a text that is taken apart. */
const MAX_BYTES = 64;
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Decimal numbers that fit into any type of integers but the small ones; of others nothing is said. */
const parseInteger =
  (pattern: RegExp): Compute =>
  (_, [v, base]) => {
    const s = text(v);
    if (s === undefined || (base !== undefined && base !== 10) || /\d{10}/.test(s)) return undefined;
    const fails = !pattern.test(s);
    return { parsed: { value: fails ? 0 : Number(s), fails } };
  };

const parseBool: Compute = (_, [v]) => {
  const s = text(v);
  return s === undefined ? undefined : { parsed: { value: TRUE.has(s), fails: !TRUE.has(s) && !FALSE.has(s) } };
};

/** The model does not compute with fractions: of a number it only says that it is one. */
const parseFloat: Compute = (st, [v]) => {
  const s = text(v);
  if (s === undefined) return undefined;
  if (/^[+-]?\d+(?:\.\d*)?$/.test(s)) return { parsed: { value: st.fresh(), fails: false } };
  return /^[g-zG-Z ]*$/.test(s) && !/^(?:inf|nan)/i.test(s) ? { parsed: { value: 0, fails: true } } : undefined;
};

const cut: Compute = (_, [v, sep]) => {
  const [s, by] = [text(v), text(sep)];
  if (s === undefined || by === undefined) return undefined;
  const at = s.indexOf(by);
  const parts = at < 0 ? [s, ''] : [s.slice(0, at), s.slice(at + by.length)];
  return { tuple: [...parts.map(literal), at >= 0] };
};

const split: Compute = (_, [v, sep]) => {
  const [s, by] = [text(v), text(sep)];
  return s === undefined || !by ? undefined : { slice: s.split(by).map(literal) };
};

/** The texts of a slice, with another one between them. */
const joined: Compute = (st, [of, between]) => {
  if (of === null) return { object: literal('') };
  const s = st.as(of, 'slice');
  const by = text(between);
  if (!s || s.open || s.length || by === undefined) return undefined;
  const texts = s.elems.flatMap((v) => text(v) ?? []);
  return texts.length === s.elems.length ? { object: literal(texts.join(by)) } : undefined;
};

const fields: Compute = (_, [v]) => {
  const s = text(v);
  return s === undefined ? undefined : { slice: (s.match(/\S+/g) ?? []).map(literal) };
};

/** Whether a plain value is among known ones. */
const contains: Compute = (st, [of, v]) => {
  if (of === null) return { answer: false };
  const s = st.as(of, 'slice');
  const isKnown = (x: Value | undefined): boolean =>
    typeof x === 'number' || typeof x === 'boolean' || text(x) !== undefined;
  if (!s || s.open || s.length || !isKnown(v) || !s.elems.every(isKnown)) return undefined;
  return { answer: s.elems.includes(v as Value) };
};

/** It is nil where all it joins are. */
const join: Compute = (st, errors, site) => {
  if (errors.length === 0 || errors.some((e) => e instanceof Sym)) return undefined;
  const found = errors.filter((e) => e !== null);
  return found.length === 0 ? { isNil: true } : { object: newError(st, found, site) };
};

/** The bytes of a known text; of long ones, and of those with other characters than ASCII, nothing is said. */
const bytes: Compute = (_, [v]) => {
  const known = v === undefined ? undefined : bytesOf(v);
  return known && known.length <= MAX_BYTES ? { slice: known } : undefined;
};

/** The text of known bytes. */
const ofBytes: Compute = (st, [v]) => {
  if (v === null) return { object: literal('') };
  const s = st.as(v, 'slice');
  if (!s || s.open || s.length || !s.elems.every((x) => typeof x === 'number' && x < 0x80)) return undefined;
  return { object: literal(String.fromCharCode(...(s.elems as number[]))) };
};

const COMPUTED: Record<string, Compute> = {
  bytes,
  text: ofBytes,
  'errors.Join': join,
  'strconv.Atoi': parseInteger(/^[+-]?\d+$/),
  'strconv.ParseInt': parseInteger(/^[+-]?\d+$/),
  'strconv.ParseUint': parseInteger(/^\d+$/),
  'strconv.ParseBool': parseBool,
  'strconv.ParseFloat': parseFloat,
  'slices.Contains': contains,
  'strings.Cut': cut,
  'strings.Split': split,
  'strings.Fields': fields,
  'strings.Join': joined,
  'strings.NewReader': (st, [v], site) => ({ object: newReader(st, v ?? null, site) }),
  'bufio.NewScanner': (st, [v], site) => ({ object: newScanner(st, v ?? null, site) }),
};

/** True for functions that `pureResults` knows. */
export function isComputed(name: string): boolean {
  return name in COMPUTED;
}

/** The results of a function; undefined when they are not known. */
export function pureResults(st: State, name: string, args: readonly Value[], site: Site): Value | undefined {
  const results = COMPUTED[name]?.(st, args, site);
  if (results?.isNil) return null;
  if (results?.answer !== undefined) return results.answer;
  if (results?.object) return results.object;
  if (results?.slice) return slice(st, { elems: results.slice, site });
  if (results?.parsed) return new Tuple([results.parsed.value, results.parsed.fails ? newError(st, [], site) : null]);
  return results?.tuple && new Tuple(results.tuple);
}
