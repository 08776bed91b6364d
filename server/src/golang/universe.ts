/** Predeclared names (Go specification, "Predeclared identifiers"). */
import { ANY, basic, ERROR, type Type } from './types.ts';

const BASIC_TYPES = [
  'bool',
  'byte',
  'complex64',
  'complex128',
  'float32',
  'float64',
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'rune',
  'string',
  'uint',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'uintptr',
] as const;

/** Predeclared types by name. */
export const UNIVERSE_TYPES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ...BASIC_TYPES.map((n): [string, Type] => [n, basic(n)]),
  ['error', ERROR],
  ['any', ANY],
  ['comparable', ANY],
]);

/** Predeclared constants and nil. */
export const UNIVERSE_VALUES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['true', basic('bool')],
  ['false', basic('bool')],
  ['iota', basic('untyped int')],
  ['nil', basic('nil')],
]);

/** Predeclared functions. */
export const BUILTINS: ReadonlySet<string> = new Set([
  'append',
  'cap',
  'clear',
  'close',
  'complex',
  'copy',
  'delete',
  'imag',
  'len',
  'make',
  'max',
  'min',
  'new',
  'panic',
  'print',
  'println',
  'real',
  'recover',
]);
