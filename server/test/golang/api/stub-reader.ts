/** Reads signatures out of stub source (one declaration per line), so that data about an API can be checked against it. */
import { apiPackageSource } from '../../../src/golang/api/index.ts';

export interface Signature {
  /** Types as written. */
  params: string[];
  results: string[];
}

interface StubType {
  /** Right-hand side of the declaration; starts with `= ` for an alias. */
  text: string;
  methods: Map<string, Signature>;
}

export interface Stub {
  path: string;
  imports: Map<string, string>;
  functions: Map<string, Signature>;
  types: Map<string, StubType>;
}

const stubs = new Map<string, Stub | undefined>();

export function stubOf(path: string): Stub | undefined {
  if (!stubs.has(path)) {
    const source = apiPackageSource(path);
    stubs.set(path, source === undefined ? undefined : read(path, source));
  }
  return stubs.get(path);
}

function read(path: string, source: string): Stub {
  const stub: Stub = { path, imports: new Map(), functions: new Map(), types: new Map() };
  const methods: [string, string, Signature][] = [];
  for (const line of source.split('\n')) {
    const imported = /^import (?:(\w+) )?"(.+)"$/.exec(line);
    const type = /^type (\w+)(?:\[[^\]]*\])? (.+)$/.exec(line);
    const method = /^func \(\*?(\w+)[^)]*\) (\w+)(.*)$/.exec(line);
    const func = /^func (\w+)(.*)$/.exec(line);
    if (imported) {
      const name = imported[2]
        .replace(/\/v\d+$/, '')
        .split('/')
        .pop();
      stub.imports.set(imported[1] ?? name, imported[2]);
    } else if (type) {
      const text = type[2];
      const own = text.startsWith('interface{') ? members(text).filter((m) => /^\w+\(/.test(m)) : [];
      stub.types.set(type[1], {
        text,
        methods: new Map(own.map((m) => [/^\w+/.exec(m)![0], signature(m.replace(/^\w+/, ''))])),
      });
    } else if (method) {
      methods.push([method[1], method[2], signature(method[3])]);
    } else if (func) {
      stub.functions.set(func[1], signature(func[2]));
    }
  }
  for (const [owner, name, value] of methods) stub.types.get(owner)?.methods.set(name, value);
  return stub;
}

/** Fields or methods between the braces of a struct or interface. */
function members(text: string): string[] {
  return split(text.slice(text.indexOf('{') + 1, text.lastIndexOf('}')), ';');
}

function signature(text: string): Signature {
  let rest = text;
  if (rest.startsWith('[')) rest = rest.slice(closing(rest, 0) + 1);
  const end = closing(rest, 0);
  const results = rest.slice(end + 1).trim();
  return {
    params: split(rest.slice(1, end), ',').map(typeOfParameter),
    results: results.startsWith('(') ? split(results.slice(1, -1), ',').map(typeOfParameter) : results ? [results] : [],
  };
}

function typeOfParameter(text: string): string {
  return text.replace(/^(?!(?:chan|func|map|struct|interface)\b)\w+ (?=.)/, '');
}

/** Index of the bracket that closes the one at `at`. */
function closing(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if ('([{'.includes(text[i])) depth++;
    else if (')]}'.includes(text[i]) && --depth === 0) return i;
  }
  return text.length;
}

function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if ('([{'.includes(text[i])) depth++;
    else if (')]}'.includes(text[i])) depth--;
    else if (text[i] === separator && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  return last ? [...parts, last] : parts;
}

/** A qualified name as facts use it, taken apart: the longest known import path, then `Func` or `Type.Method`. */
export function resolve(
  qualifiedName: string,
): { stub: Stub; owner?: string; name: string; signature: Signature } | undefined {
  // The last element of a path may have a dot of its own: `nats.go`.
  const parts = /^(.*\/[^./]+(?:\.go)?|[^./]+)\.(?:(\w+)\.)?(\w+)$/.exec(qualifiedName);
  const stub = parts ? stubOf(parts[1]) : undefined;
  if (!parts || !stub) return undefined;
  const [, , owner, name] = parts;
  const found = owner ? stub.types.get(owner)?.methods.get(name) : stub.functions.get(name);
  return found && { stub, owner, name, signature: found };
}

/** Type of a struct's field, embedded types left out. */
export function fieldType(stub: Stub, type: string, field: string): { stub: Stub; type: string } | undefined {
  const home = locate(stub, type);
  const text = home?.stub.types.get(home.name)?.text;
  if (!home || !text?.startsWith('struct{')) return undefined;
  const found = members(text).find((m) => m.startsWith(`${field} `));
  return found ? { stub: home.stub, type: found.slice(field.length + 1) } : undefined;
}

/** True when a type, as written in a stub, has a method of its own or by embedding. */
export function hasMethod(stub: Stub, type: string, method: string): boolean {
  const home = locate(stub, type);
  const declared = home?.stub.types.get(home.name);
  if (!home || !declared) return false;
  if (declared.methods.has(method)) return true;
  if (declared.text.startsWith('= ')) return hasMethod(home.stub, declared.text.slice(2), method);
  if (!/^(struct|interface)\{/.test(declared.text)) return false;
  return members(declared.text).some((m) => !/[\s(]/.test(m) && hasMethod(home.stub, m, method));
}

/** True when a type is a function type, by itself or by its declaration. */
export function isFunction(stub: Stub, type: string): boolean {
  if (type.startsWith('func(')) return true;
  const home = locate(stub, type);
  const text = home?.stub.types.get(home.name)?.text.replace(/^= /, '');
  return text !== undefined && isFunction(home!.stub, text);
}

/** Where a written type (`*sql.Rows`) is declared. */
function locate(stub: Stub, type: string): { stub: Stub; name: string } | undefined {
  const parts = /^\*?(?:(\w+)\.)?(\w+)(?:\[.*\])?$/.exec(type);
  if (!parts) return undefined;
  if (!parts[1]) return stub.types.has(parts[2]) ? { stub, name: parts[2] } : undefined;
  const home = stubOf(stub.imports.get(parts[1]) ?? '');
  return home?.types.has(parts[2]) ? { stub: home, name: parts[2] } : undefined;
}
