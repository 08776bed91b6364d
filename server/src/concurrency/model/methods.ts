/** Finds methods when the receiver is known. */
import { embeddedPath } from './shapes.ts';
import { ofNamedBasic } from './dynamic-types.ts';
import type { Code } from './instructions.ts';
import type { CodeSource } from './lowering.ts';
import { cellValue, unknownValue, zeroValue } from './memory.ts';
import { isStream, scannerMethod } from './scanner-code.ts';
import { isPipeEnd, pipeMethod } from './pipe-code.ts';
import type { State } from './state.ts';
import type { Type } from '../../golang/types.ts';
import type { FuncDecl } from '../../syntax/ast.ts';
import { Cancel, Func, type ObjectOf, Ref, type Site, type Value } from './values.ts';

export interface FoundMethod {
  /** The receiver, embedded structs followed. */
  recv: Value;
  /** Absent for methods that the model executes itself. */
  code?: Code;
}

const SYNC_OBJECTS = new Set(['mutex', 'waitgroup', 'cond', 'once', 'group', 'atomic']);

/** What `recv.name` is at run time; undefined when that is not known. */
export function resolveMethod(source: CodeSource, st: State, recv: Value, name: string): FoundMethod | undefined {
  const v = st.resolve(recv);
  if (v instanceof Cancel) return { recv: v };
  const held = ofNamedBasic(v);
  if (held) return methodOf(source, held.type, held.value, name);
  if (v instanceof Func) return v.type && methodOf(source, v.type, v, name);
  if (!(v instanceof Ref)) return undefined;
  const o = st.get(v.id);
  if (o.t === 'chan') return o.type && methodOf(source, o.type, v, name);
  if (SYNC_OBJECTS.has(o.t)) return { recv: v };
  if (o.t === 'cell') return ofPointer(source, st, v, o, name) ?? resolveMethod(source, st, o.value, name);
  if (isPipeEnd(st, v)) {
    const code = pipeMethod(st, v, name);
    return code && { recv: v, code };
  }
  if (isStream(st, v)) {
    const code = scannerMethod(st, v, name);
    return code && { recv: v, code };
  }
  const type = o.t === 'struct' || o.t === 'slice' || o.t === 'map' ? o.type : undefined;
  if (!type) return undefined;
  const info = source.analysis.types;
  const s = info.members.find(type, name);
  if (s?.kind !== 'method') return undefined;
  let at: Value = v;
  if (!s.dynamic)
    for (const step of embeddedPath(info, type, s.owner) ?? []) {
      const holder = st.as(at, 'struct');
      if (!holder || !(at instanceof Ref)) return undefined;
      at = fieldValue(source, st, at, holder, step);
    }
  else if (o.t === 'struct') {
    // A method of an embedded interface: the field's value decides.
    for (const [, field] of o.fields)
      if (field instanceof Ref && field.id !== v.id) {
        const inner = resolveMethod(source, st, field, name);
        if (inner) return inner;
      }
    return undefined;
  } else return undefined;
  if (at instanceof Ref && SYNC_OBJECTS.has(st.get(at.id).t)) return { recv: at };
  const found = s.pkg?.origin === 'own' && s.member ? info.declarationOf(s.pkg, s.member) : undefined;
  const code = found && source.code(found.unit, found.decl);
  return code && { recv: at, code };
}

/** A method of a pointer to something that is no struct. */
function ofPointer(source: CodeSource, st: State, v: Ref, o: ObjectOf<'cell'>, name: string): FoundMethod | undefined {
  const found = o.type && methodOf(source, o.type, v, name);
  const func = found?.code?.func;
  if (!found || func?.kind !== 'FuncDecl') return undefined;
  const site: Site = o.site ?? { unit: found.code?.unit as Site['unit'], node: func };
  return takesPointer(func) ? found : { ...found, recv: cellValue(source.analysis.types, st, o, site) };
}

/** True for a method of a pointer. */
export function takesPointer({ recv }: FuncDecl): boolean {
  return recv?.type.kind === 'StarExpr';
}

/** A method of a type that embeds nothing. */
function methodOf(source: CodeSource, type: Type, recv: Value, name: string): FoundMethod | undefined {
  const info = source.analysis.types;
  const s = info.members.find(type, name);
  if (s?.kind !== 'method' || s.dynamic || s.pkg?.origin !== 'own' || !s.member) return undefined;
  const found = info.declarationOf(s.pkg, s.member);
  const code = found && source.code(found.unit, found.decl);
  return code && { recv, code };
}

function fieldValue(
  source: CodeSource,
  st: State,
  at: Ref,
  holder: ObjectOf<'struct'>,
  step: { name: string; type: Parameters<typeof zeroValue>[2] },
): Value {
  const known = holder.fields.get(step.name);
  if (known !== undefined) return known;
  const info = source.analysis.types;
  const site: Site = holder.site as Site;
  const v = holder.open ? unknownValue(info, st, step.type, site) : zeroValue(info, st, step.type, site);
  st.setField(at.id, step.name, v);
  return v;
}
