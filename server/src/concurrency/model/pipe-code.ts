/**
 * Code of `io.Pipe` and of the methods of its two ends. What is written is handed over as on a channel without a buffer; each
 * end has a channel that is closed with it.
 */
import { ERROR } from '../../golang/types.ts';
import type { Code, Instruction } from './instructions.ts';
import { fieldOf, MadeMethods } from './made-code.ts';
import type { State } from './state.ts';
import { type Ref, type Site, Tuple, type Value } from './values.ts';

/** Fields of both ends; no field of Go has such names. */
const DATA = '#data';
const READER_GONE = '#reader';
const WRITER_GONE = '#writer';
const OWN = '#own';
const CLOSED = '#closed';
const ERR = '#err';

/** Methods of the ends of a pipe. */
export const PIPE_METHOD = /^io\.Pipe(?:Reader|Writer)\.(Read|Write|Close|CloseWithError)$/;

/** The two ends of a new pipe. */
export function newPipe(st: State, site: Site): Tuple {
  const base = { stamp: 0, open: false, site };
  const chan = (): Value => st.alloc({ ...base, t: 'chan', capacity: 0, buffer: [], closed: false });
  const [data, reader, writer] = [chan(), chan(), chan()];
  const err = st.alloc({ ...base, t: 'cell', value: null });
  const end = (name: string, own: Value): Value =>
    st.alloc({
      ...base,
      t: 'struct',
      type: { kind: 'named', pkg: 'io', name, args: [] },
      fields: new Map<string, Value>([
        [DATA, data],
        [READER_GONE, reader],
        [WRITER_GONE, writer],
        [OWN, own],
        [CLOSED, false],
        [ERR, err],
      ]),
    });
  return new Tuple([end('PipeReader', reader), end('PipeWriter', writer)]);
}

/** True for an end of a pipe. */
export function isPipeEnd(st: State, v: Value): boolean {
  return st.as(v, 'struct')?.fields.has(DATA) ?? false;
}

/** The code of a method of an end of a pipe. */
export function pipeMethod(st: State, end: Ref, name: string): Code | undefined {
  const unit = st.get(end.id).site?.unit;
  return unit && METHODS.code(unit, name);
}

const METHODS = new MadeMethods({
  type: 'pipe',
  registers: 8,
  params: [1],
  make: {
    Write: (site) => [
      fieldOf(2, DATA, site),
      fieldOf(3, READER_GONE, site),
      fieldOf(4, WRITER_GONE, site),
      {
        op: 'select',
        arms: [
          { target: 4, kind: 'send', chan: 2, value: 1, site },
          { target: 7, kind: 'recv', chan: 3, site },
          { target: 7, kind: 'recv', chan: 4, site },
        ],
        site,
      },
      { op: 'len', dst: 5, x: 1, site },
      { op: 'const', dst: 6, value: null, site },
      { op: 'jump', target: 9, site },
      { op: 'const', dst: 5, value: 0, site },
      { op: 'error', dst: 6, wraps: [], site },
      { op: 'tuple', dst: 7, items: [5, 6], site },
      { op: 'return', src: 7, site },
    ],
    Read: (site) => [
      fieldOf(2, DATA, site),
      fieldOf(3, WRITER_GONE, site),
      fieldOf(4, READER_GONE, site),
      {
        op: 'select',
        arms: [
          { target: 4, kind: 'recv', chan: 2, site },
          { target: 7, kind: 'recv', chan: 3, site },
          { target: 7, kind: 'recv', chan: 4, site },
        ],
        site,
      },
      { op: 'unknown', dst: 5, type: { kind: 'basic', name: 'int' }, site },
      { op: 'const', dst: 6, value: null, site },
      { op: 'jump', target: 10, site },
      { op: 'const', dst: 5, value: 0, site },
      fieldOf(7, ERR, site),
      { op: 'load', dst: 6, cell: 7, site },
      { op: 'tuple', dst: 7, items: [5, 6], site },
      { op: 'return', src: 7, site },
    ],
    Close: (site) => [{ op: 'global', dst: 1, key: 'io.EOF', type: ERROR, isSentinel: true, site }, ...closing(site)],
    CloseWithError: (site) => [{ op: 'move', dst: 2, src: 1, site }, ...closing(site)],
  },
});

/** Closes an end with the error that register 1 holds. */
function closing(site: Site): Instruction[] {
  return [
    fieldOf(3, CLOSED, site),
    { op: 'branch', cond: 3, yes: 9, no: 3, site },
    { op: 'const', dst: 4, value: true, site },
    { op: 'setfield', x: 0, name: CLOSED, src: 4, site },
    fieldOf(5, ERR, site),
    { op: 'store', cell: 5, src: 1, site },
    fieldOf(6, OWN, site),
    { op: 'close', chan: 6, site },
    { op: 'const', dst: 7, value: null, site },
    { op: 'return', src: 7, site },
  ];
}
