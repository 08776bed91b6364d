/** A `Close` for the type whose goroutines nobody can end. */
import { insertionIn, type FileEdit } from './file-edit.ts';
import { type Stay, stayOf } from '../concurrency/spawns/stays.ts';
import type { Analysis } from '../golang/analysis.ts';
import { madeBy } from '../golang/constructors.ts';
import { type Spawn, spawns } from '../golang/goroutines.ts';
import { isOnlyMadeBy } from '../golang/only-made-by.ts';
import { visibleObjects } from '../golang/scopes.ts';
import type { NamedType } from '../golang/types.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { flattenFields, rootIdent, unparen } from '../golang/walk.ts';
import type { AssignStmt, CompositeLit, Expr, FuncDecl, LocalObject, StructType } from '../syntax/ast.ts';
import { addField } from './add-field.ts';
import { importEdits } from './add-import.ts';
import { addStructFields } from './add-struct-field.ts';
import { combine } from './apply.ts';
import { insertAfterStatement } from './insert-statement.ts';
import { eolOf } from './source-lines.ts';
import { endWith } from './wrap-with-context.ts';

/** The value a constructor makes. */
interface Made {
  type: NamedType;
  variable: LocalObject;
  stmt: AssignStmt;
  /** Absent for `new(T)`. */
  literal?: CompositeLit;
  isPointer: boolean;
}

/** Names for the channel: the first that is free. */
const CHANNELS = ['done', 'quit', 'closing'];

/**
 * Adds a channel to the struct, makes it in the constructor, watches it where the goroutines stay and closes it in `Close`: once, by
 * `sync.Once`, for a type that is only used by pointers.
 * @param unit the constructor
 * @returns undefined where one of its goroutines cannot be ended like that or where the type may be made elsewhere
 */
export function addClose(analysis: Analysis, unit: DeclUnit): FileEdit[] | undefined {
  const { decl, pkg, file } = unit;
  const made = decl.kind === 'FuncDecl' && !decl.recv ? madeIn(analysis, unit, decl) : undefined;
  if (!made || decl.kind !== 'FuncDecl' || pkg.member('close') || pkg.member('make')) return undefined;
  const { type } = made;
  const member = pkg.member(type.name);
  const typeUnit = member && !member.ambiguous ? pkg.unit(member) : undefined;
  const spec = typeUnit && specOf(typeUnit, type.name);
  const channel = CHANNELS.find(
    (name) => !analysis.types.members.find(type, name) && !pkg.methods(type.name).has(name),
  );
  if (!typeUnit || !spec || !channel || !isOnlyMadeBy(analysis, unit, type.name, made.stmt)) return undefined;
  const receiver = receiverOf(unit, type.name, made.isPointer);
  const once = made.isPointer && receiver.isPointer && !analysis.types.members.find(type, 'closeOnce');
  const sync = once ? importEdits(typeUnit.file, 'sync') : undefined;
  const staying = spawns(analysis, unit).flatMap((spawn) => {
    const stay = stayOf(analysis, spawn);
    return stay ? [endOf(analysis, spawn, stay, made, channel)] : [];
  });
  if (staying.length === 0) return undefined;
  const fields = sync
    ? `closeOnce ${sync.name}.Once\n${channel.padEnd('closeOnce'.length)} chan struct{} // closed by Close`
    : `${channel} chan struct{} // closed by Close`;
  const typeParams = spec.params.length > 0 ? `[${spec.params.join(', ')}]` : '';
  const target = `${receiver.name} ${receiver.isPointer ? '*' : ''}${type.name}${typeParams}`;
  const lines = [
    '',
    '',
    `// Close ends ${staying.length > 1 ? 'the goroutines' : 'the goroutine'} that ${decl.name.name} has started.${sync ? '' : ' It must not be called twice.'}`,
    `func (${target}) Close() {`,
    sync
      ? `\t${receiver.name}.closeOnce.Do(func() { close(${receiver.name}.${channel}) })`
      : `\tclose(${receiver.name}.${channel})`,
    '}',
  ];
  return combine(
    sync?.edits ?? [],
    addStructFields(typeUnit, spec.struct, fields),
    madeEdits(unit, made, channel),
    ...staying,
    [insertionIn(unit.file, unit.base + decl.end, lines.join(eolOf(file.text)))],
  );
}

/** The variable that a constructor sets to `&T{…}`, `T{…}` or `new(T)` and that the goroutines are started with. */
function madeIn(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): Made | undefined {
  const type = madeBy(analysis, unit, decl);
  if (!type || !decl.body) return undefined;
  const found = decl.body.stmts.flatMap((stmt) => {
    const made = stmt.kind === 'AssignStmt' ? valueOf(analysis, unit, stmt, type) : undefined;
    return made ? [made] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

function valueOf(analysis: Analysis, unit: DeclUnit, stmt: AssignStmt, type: NamedType): Made | undefined {
  const [target] = stmt.lhs;
  const value = stmt.rhs[0] && unparen(stmt.rhs[0]);
  const variable = target?.kind === 'Ident' ? target.obj : undefined;
  if (stmt.op !== ':=' || stmt.lhs.length !== 1 || !value || !variable || variable.writes.length > 0) return undefined;
  if (value.kind === 'CallExpr') {
    const isNew =
      analysis.callee(unit, value).name === 'new' && value.args[0] && isType(unit, value.args[0], type.name);
    return isNew ? { type, variable, stmt, isPointer: true } : undefined;
  }
  const isPointer = value.kind === 'UnaryExpr' && value.op === '&';
  const literal = isPointer ? unparen(value.x) : value;
  if (literal.kind !== 'CompositeLit' || !literal.type || !isType(unit, literal.type, type.name)) return undefined;
  return { type, variable, stmt, literal, isPointer };
}

/** `T` or `T[K]`. */
function isType(unit: DeclUnit, expr: Expr, name: string): boolean {
  return unit.text(expr.kind === 'IndexExpr' ? expr.x : expr) === name;
}

/** A field of the literal, else an assignment after it. */
function madeEdits(unit: DeclUnit, { literal, stmt, variable }: Made, channel: string): FileEdit[] | undefined {
  const value = 'make(chan struct{})';
  return (
    (literal && addField(unit, literal, channel, value)) ??
    insertAfterStatement(unit, stmt, `${variable.name}.${channel} = ${value}`)
  );
}

/** The declaration of a struct, with the names of its type parameters. */
function specOf({ decl }: DeclUnit, name: string): { struct: StructType; params: string[] } | undefined {
  const spec =
    decl.kind === 'GenDecl' ? decl.specs.find((s) => s.kind === 'TypeSpec' && s.name.name === name) : undefined;
  if (spec?.kind !== 'TypeSpec' || spec.alias || spec.type.kind !== 'StructType') return undefined;
  return { struct: spec.type, params: flattenFields(spec.typeParams).flatMap((p) => (p.name ? [p.name.name] : [])) };
}

/** The receiver that the type's methods have: a pointer where one of them has. */
function receiverOf({ pkg }: DeclUnit, type: string, isPointer: boolean): { name: string; isPointer: boolean } {
  const own = [...pkg.methods(type).values()].map((m) => pkg.header(m).decl);
  const receivers = own.flatMap((d) => (d.kind === 'FuncDecl' && d.recv ? [d.recv] : []));
  const named = receivers.find((r) => r.names[0] && r.names[0].name !== '_');
  const fallback = type.slice(0, 1).toLowerCase();
  return {
    name: named?.names[0]?.name ?? fallback,
    isPointer: receivers.length > 0 ? receivers.some((r) => r.type.kind === 'StarExpr') : isPointer,
  };
}

/** What makes a goroutine watch the channel of the value; undefined when it has no way to it. */
function endOf(analysis: Analysis, spawn: Spawn, stay: Stay, made: Made, channel: string): FileEdit[] | undefined {
  const value = spawn.stmt.start > made.stmt.end ? valueAt(analysis, spawn, stay, made) : undefined;
  if (value === undefined) return undefined;
  const done = `${value}.${channel}`;
  return endWith(analysis, stay, { done, test: `select {\ncase <-${done}:\n\t{leave}\ndefault:\n}` });
}

/** The name of the value where a goroutine stays. */
function valueAt(analysis: Analysis, spawn: Spawn, stay: Stay, { variable }: Made): string | undefined {
  const { unit, func } = stay;
  let self: LocalObject | undefined = variable;
  const calls = [
    ...(spawn.body?.unit === spawn.unit && spawn.body.func.kind === 'FuncLit' ? [] : [spawn]),
    ...stay.calls,
  ];
  for (const { unit: at, call } of calls) {
    const callee = analysis.callee(at, call);
    const decl: FuncDecl | undefined = callee.visible?.decl;
    if (!decl) return undefined;
    if (callee.recv) {
      if (rootIdent(callee.recv)?.obj !== self) return undefined;
      self = decl.recv?.names[0]?.obj;
    } else {
      const index = call.args.findIndex((a) => rootIdent(a)?.obj === self);
      self = index < 0 ? undefined : flattenFields(decl.type.params)[index]?.name?.obj;
    }
    if (!self) return undefined;
  }
  if (self.name === '_' || self.writes.length > 0) return undefined;
  const isSeen = visibleObjects(unit, stay.stmt).includes(self);
  return isSeen || (calls.length > 0 && self.func === func) ? self.name : undefined;
}
