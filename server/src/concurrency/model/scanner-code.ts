/** Code of the methods of a `bufio.Scanner` that reads lines of a known text. */
import type { Code, Instruction } from './instructions.ts';
import { fieldOf, MadeMethods } from './made-code.ts';
import { slice } from './memory.ts';
import { literal, text } from './pure-functions.ts';
import type { State } from './state.ts';
import { type ObjectOf, Ref, type Site, type Value } from './values.ts';

/** Fields of readers and scanners; no field of Go has such names. */
const TEXT = '#text';
const LINES = '#lines';
const AT = '#at';

/** What `strings.NewReader` makes of a known text. */
export function newReader(st: State, of: Value, site: Site): Value | undefined {
  return text(of) === undefined ? undefined : streamOf(st, 'strings', 'Reader', [[TEXT, of]], site);
}

/** A scanner of the lines of a reader of known text, which is used up; undefined for other readers. */
export function newScanner(st: State, reader: Value, site: Site): Value | undefined {
  const o = st.as(reader, 'struct');
  const all = text(o?.fields.get(TEXT));
  if (all === undefined || o?.open) return undefined;
  forgetStream(st, reader as Ref);
  const lines = all.split('\n').map((line) => literal(line.replace(/\r$/, '')));
  if (all === '' || all.endsWith('\n')) lines.pop();
  const fields: [string, Value][] = [
    [LINES, slice(st, { elems: lines, site })],
    [AT, -1],
  ];
  return streamOf(st, 'bufio', 'Scanner', fields, site);
}

function streamOf(st: State, pkg: string, name: string, fields: [string, Value][], site: Site): Value {
  const type = { kind: 'named', pkg, name, args: [] } as const;
  return st.alloc({ stamp: 0, open: false, t: 'struct', type: { ...type, args: [] }, fields: new Map(fields), site });
}

/** True for a reader of known text and for its scanner. */
export function isStream(st: State, v: Value): boolean {
  const fields = st.as(v, 'struct')?.fields;
  return fields !== undefined && (fields.has(TEXT) || fields.has(LINES));
}

/** Somebody else may have read from it. */
export function forgetStream(st: State, stream: Ref): void {
  const o = st.edit<ObjectOf<'struct'>>(stream.id);
  o.fields = new Map([...o.fields.keys()].map((name) => [name, st.fresh()]));
}

/** The code of a method of a scanner of known lines. */
export function scannerMethod(st: State, scanner: Ref, name: string): Code | undefined {
  const o = st.as(scanner, 'struct');
  const unit = o?.site?.unit;
  // What others have may be somewhere else by now.
  if (!unit || o.open || !(o.fields.get(LINES) instanceof Ref)) return undefined;
  return METHODS.code(unit, name);
}

/** Whether there is a line where the scanner is: in register 6. */
const isThere = (site: Site): Instruction[] => [
  fieldOf(4, LINES, site),
  { op: 'len', dst: 5, x: 4, site },
  { op: 'binary', dst: 6, operator: '<', x: 1, y: 5, bound: false, site },
];

const METHODS = new MadeMethods({
  type: 'scanner',
  registers: 7,
  params: [],
  make: {
    Scan: (site) => [
      fieldOf(2, AT, site),
      { op: 'const', dst: 3, value: 1, site },
      { op: 'binary', dst: 1, operator: '+', x: 2, y: 3, bound: false, site },
      { op: 'setfield', x: 0, name: AT, src: 1, site },
      ...isThere(site),
      { op: 'return', src: 6, site },
    ],
    Text: (site) => [
      fieldOf(1, AT, site),
      ...isThere(site),
      { op: 'branch', cond: 6, yes: 5, no: 7, site },
      { op: 'index', dst: 2, x: 4, i: 1, type: { kind: 'basic', name: 'string' }, site },
      { op: 'return', src: 2, site },
      { op: 'const', dst: 3, value: '""', site },
      { op: 'return', src: 3, site },
    ],
    Err: (site) => [
      { op: 'const', dst: 1, value: null, site },
      { op: 'return', src: 1, site },
    ],
  },
});
