/** A `Close` for the type whose goroutine nobody can end. */
import type { TextEdit } from '../../engine/finding.ts';
import { combine } from '../../fixes/apply.ts';
import { insertAfterStatement } from '../../fixes/insert-statement.ts';
import { addDoneArm } from '../../fixes/select-with-done.ts';
import { eolOf } from '../../fixes/source-lines.ts';
import { insertion } from '../../fixes/statement-site.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { Launch } from '../../golang/launches.ts';
import type { NamedType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import type { AssignStmt, ForStmt, RangeStmt, StructType } from '../../syntax/ast.ts';

/**
 * Adds a channel `done` to the struct, makes it in the constructor, watches it in the loop and closes it in `Close`. Where the goroutine is
 * a method of the type whose loop is a `select`, the constructor keeps the value in a variable, and all of that stands in one file.
 */
export function addClose(
  analysis: Analysis,
  unit: DeclUnit,
  { call, stmt, body }: Launch,
  loop: ForStmt | RangeStmt,
  made: NamedType,
): TextEdit[] | undefined {
  const { decl, pkg, file } = unit;
  const [select] = loop.body.stmts;
  const { recv } = analysis.callee(unit, call);
  const self = body?.func.kind === 'FuncDecl' ? body.func.recv?.names[0] : undefined;
  if (decl.kind !== 'FuncDecl' || select?.kind !== 'SelectStmt' || loop.body.stmts.length !== 1) return undefined;
  if (!body || !self || self.name === '_' || recv?.kind !== 'Ident' || !recv.obj || body.unit.file !== file)
    return undefined;
  const member = pkg.member(made.name);
  const type = member?.file === file ? pkg.unit(member) : undefined;
  const struct = type && structOf(type, made.name);
  if (!type || !struct || analysis.types.members.find(made, 'done')) return undefined;
  const variable = recv.obj.declNode;
  if (variable.kind !== 'AssignStmt' || !makes(unit, variable, made.name) || variable.end > stmt.start)
    return undefined;
  const eol = eolOf(file.text);
  const name = recv.name;
  const close = [
    '',
    '',
    `// Close ends the goroutine that ${decl.name.name} has started.`,
    `func (${self.name} *${made.name}) Close() {`,
    `\tclose(${self.name}.done)`,
    '}',
  ];
  return combine(
    [insertion(type.base + struct.end - 1, `${eol}\tdone chan struct{}${eol}`)],
    insertAfterStatement(unit, variable, `${name}.done = make(chan struct{})`),
    addDoneArm(body.unit, select, `${self.name}.done`),
    [insertion(unit.base + decl.end, close.join(eol))],
  );
}

/** The struct of a type of its own declaration that stands on lines of its own. */
function structOf(unit: DeclUnit, name: string): StructType | undefined {
  const { decl } = unit;
  const spec = decl.kind === 'GenDecl' && decl.specs.length === 1 ? decl.specs[0] : undefined;
  if (spec?.kind !== 'TypeSpec' || spec.name.name !== name || spec.typeParams.length > 0) return undefined;
  const { type } = spec;
  return type.kind === 'StructType' && type.fields.length > 0 && /\n\}$/.test(unit.text(type)) ? type : undefined;
}

/** `t := &T{…}`. */
function makes(unit: DeclUnit, { lhs, rhs, op }: AssignStmt, name: string): boolean {
  const value = rhs[0] && unparen(rhs[0]);
  if (op !== ':=' || lhs.length !== 1 || value?.kind !== 'UnaryExpr' || value.op !== '&') return false;
  const literal = unparen(value.x);
  return literal.kind === 'CompositeLit' && literal.type !== undefined && unit.text(literal.type) === name;
}
