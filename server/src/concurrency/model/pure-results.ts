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
  value?: Value;
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

/** The last of at most so many parts has the rest. */
const splitN: Compute = (_, [v, sep, count]) => {
  const [s, by] = [text(v), text(sep)];
  if (s === undefined || !by || typeof count !== 'number') return undefined;
  const parts = s.split(by);
  const isAll = count < 0 || parts.length <= count;
  const some = isAll ? parts : [...parts.slice(0, count - 1), parts.slice(count - 1).join(by)];
  return { slice: (count === 0 ? [] : some).map(literal) };
};

/** The elements of a slice, where all are known. */
function elementsOf(st: State, v: Value | undefined): readonly Value[] | undefined {
  if (v === null) return [];
  const s = st.as(v, 'slice');
  return s && !s.open && !s.length ? s.elems : undefined;
}

/** The texts of a slice, with another one between them. */
const joined: Compute = (st, [of, between]) => {
  const elems = elementsOf(st, of);
  const texts = elems?.flatMap((v) => text(v) ?? []);
  const by = text(between);
  if (!texts || texts.length !== elems?.length) return undefined;
  return texts.length === 0 || by !== undefined ? { value: literal(texts.join(by)) } : undefined;
};

const fields: Compute = (_, [v]) => {
  const s = text(v);
  return s === undefined ? undefined : { slice: (s.match(/\S+/g) ?? []).map(literal) };
};

/** Whether a plain value is among known ones. */
const contains: Compute = (st, [of, v]) => {
  const elems = elementsOf(st, of);
  if (elems?.length === 0) return { value: false };
  const isKnown = (x: Value | undefined): boolean =>
    typeof x === 'number' || typeof x === 'boolean' || text(x) !== undefined;
  return elems && isKnown(v) && elems.every(isKnown) ? { value: elems.includes(v as Value) } : undefined;
};

/** It is nil where all it joins are. */
const join: Compute = (st, errors, site) => {
  if (errors.length === 0 || errors.some((e) => e instanceof Sym)) return undefined;
  const found = errors.filter((e) => e !== null);
  return { value: found.length === 0 ? null : newError(st, found, site) };
};

/** The bytes of a known text; of long ones, and of those with other characters than ASCII, nothing is said. */
const bytes: Compute = (_, [v]) => {
  const known = v === undefined ? undefined : bytesOf(v);
  return known && known.length <= MAX_BYTES ? { slice: known } : undefined;
};

/** The text of known bytes. */
const ofBytes: Compute = (st, [v]) => {
  const elems = elementsOf(st, v);
  if (!elems?.every((x) => typeof x === 'number' && x < 0x80)) return undefined;
  return { value: literal(String.fromCharCode(...(elems as number[]))) };
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
  'strings.SplitN': splitN,
  'strings.Fields': fields,
  'strings.Join': joined,
  'strings.NewReader': (st, [v], site) => ({ value: newReader(st, v ?? null, site) }),
  'bufio.NewScanner': (st, [v], site) => ({ value: newScanner(st, v ?? null, site) }),
};

/** True for functions that `pureResults` knows. */
export function isComputed(name: string): boolean {
  return name in COMPUTED;
}

/** The results of a function; undefined when they are not known. */
export function pureResults(st: State, name: string, args: readonly Value[], site: Site): Value | undefined {
  const results = COMPUTED[name]?.(st, args, site);
  if (results?.value !== undefined) return results.value;
  if (results?.slice) return slice(st, { elems: results.slice, site });
  if (results?.parsed) return new Tuple([results.parsed.value, results.parsed.fails ? newError(st, [], site) : null]);
  return results?.tuple && new Tuple(results.tuple);
}
