/** Functions that a command line runs: once, and the process ends soon after they have returned. */
import type { AssignStmt, CompositeLit, Expr, FuncDecl, FuncNode, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { nodesOfKind } from './node-index.ts';
import { ancestor } from './parents.ts';
import { deref, type Type } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, contains, flattenFields, unparen } from './walk.ts';
import { declarationsNaming } from './word-index.ts';

/** Fields that hold what a command does. */
const ACTION = /^(?:(?:Persistent)?(?:Pre|Post)?RunE?|Action|Before|After|Exec|Func)$/;
/** Fields that tell a user how to call it. */
const HELP =
  /^(?:Use|Usage|UsageLine|UsageText|ShortUsage|Short|ShortHelp|Long|LongHelp|Synopsis|ArgsUsage|Flags|FlagSet)$/;
/** Methods that do. */
const HELP_METHODS = ['Synopsis', 'Help', 'Usage', 'UsageLine'];

/** Libraries by which a program gives its commands names. */
export const COMMAND_LINES: readonly string[] = [
  'github.com/spf13/cobra',
  ...['', '/v2', '/v3'].map((version) => `github.com/urfave/cli${version}`),
];

/** A function where it is declared. */
export interface Body {
  unit: DeclUnit;
  func: FuncNode;
}

/**
 * True when a function is given to a field of something that a user of the program can call by its name: the field is called
 * `Run`, `Action` or the like, another one beside it explains the usage, and the function takes arguments of the command
 * line or the command itself, or gives the exit code.
 *
 * @param value the function where it is mentioned: a literal, a name or a method value
 * @param body the function
 */
export function isCommandAction(analysis: Analysis, unit: DeclUnit, value: Node, body: Body): boolean {
  const parents = analysis.parents(unit);
  let node = value;
  let parent = parents.get(node);
  if (parent?.kind === 'SelectorExpr' && parent.sel === node) [node, parent] = [parent, parents.get(parent)];
  while (parent?.kind === 'ParenExpr') [node, parent] = [parent, parents.get(parent)];
  // `Run: checked(run)`.
  if (parent?.kind === 'CallExpr' && parent.fun !== node) [node, parent] = [parent, parents.get(parent)];
  if (parent?.kind === 'KeyValueExpr') {
    const literal = parent.value === node && isAction(parent.key) ? parents.get(parent) : undefined;
    if (literal?.kind !== 'CompositeLit' || !explains(literal)) return false;
    return literal.elts.some(isFlags) || hasShape(body.func) || takesCommand(analysis, body, unit, literal);
  }
  if (parent?.kind !== 'AssignStmt') return false;
  const target = parent.lhs[parent.rhs.indexOf(node as Expr)];
  const object = target && assignedTo(target);
  if (!object || !explainedBeside(analysis, unit, parent, object)) return false;
  return hasShape(body.func) || takesCommandLine(analysis, body);
}

/** True for a parameter by which a library for command lines tells what was typed: `*cli.Context`. */
function takesCommandLine(analysis: Analysis, { unit, func }: Body): boolean {
  return func.type.params.some((p) => {
    const type = deref(analysis.types.resolve(unit, p.type));
    return type.kind === 'named' && COMMAND_LINES.includes(type.pkg);
  });
}

/**
 * True for the method `Run` of a command that explains itself by another method, `Run(args []string) int`, or by the tags of its
 * fields, and for a function that completes what is typed: it says so to the shell.
 */
export function isCommandMethod(analysis: Analysis, unit: DeclUnit, decl: FuncDecl): boolean {
  if (decl.type.results.some((r) => /(?:^|\.)ShellCompDirective$/.test(unit.text(r.type)))) return true;
  const recv = decl.recv && flattenFields([decl.recv])[0];
  if (!recv || !/^(?:Run|Execute)$/.test(decl.name.name)) return false;
  const type = analysis.types.resolve(unit, recv.type);
  if (!takesWords(decl) || !givesInt(decl)) return isExplainedByTags(unit, type);
  return HELP_METHODS.some((name) => analysis.types.members.find(type, name)?.kind === 'method');
}

/** True for a struct whose fields are flags and arguments: ``Name string `help:"…"` ``. */
function isExplainedByTags({ pkg }: DeclUnit, type: Type): boolean {
  const named = deref(type);
  const member = named.kind === 'named' && named.pkg === pkg.path ? pkg.member(named.name) : undefined;
  return member !== undefined && /`[^`\n]*\bhelp:"/.test(member.file.textOf(member.declaration));
}

/**
 * True for a function that gives a number and is kept in a variable of a program, `commands["start"]`, with the result of which
 * the program ends: `os.Exit(commands[name](args))`.
 */
export function isInExitTable(analysis: Analysis, unit: DeclUnit, ident: Node, func: FuncNode): boolean {
  if (unit.pkg.name !== 'main' || unit.decl.kind !== 'GenDecl' || !givesInt(func)) return false;
  const spec = ancestor(analysis.parents(unit), ident, (n) => n.kind === 'ValueSpec');
  const name = spec?.kind === 'ValueSpec' && spec.names.length === 1 ? spec.names[0]?.name : undefined;
  return (
    name !== undefined && declarationsNaming(unit.pkg, name).some((m) => exitsWith(analysis, unit.pkg.unit(m), name))
  );
}

/** True when a declaration gives the result of a function of a table to `os.Exit`. */
function exitsWith(analysis: Analysis, unit: DeclUnit, table: string): boolean {
  return nodesOfKind(unit.decl, 'CallExpr').some((exit) => {
    if (analysis.callee(unit, exit).name !== 'os.Exit') return false;
    const [code] = exit.args;
    const call = code && unparen(code);
    const fun = call?.kind === 'CallExpr' ? baseIdent(call.fun) : undefined;
    return fun?.name === table && !fun.obj;
  });
}

function isAction(key: Expr): boolean {
  return key.kind === 'Ident' && ACTION.test(key.name);
}

function explains({ elts }: CompositeLit): boolean {
  return elts.some((e) => e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && HELP.test(e.key.name));
}

function isFlags(elt: Expr): boolean {
  return elt.kind === 'KeyValueExpr' && elt.key.kind === 'Ident' && elt.key.name === 'Flags';
}

/** `cmd` of the target `cmd.Run`. */
function assignedTo(target: Expr): LocalObject | undefined {
  const x = unparen(target);
  return x.kind === 'SelectorExpr' && ACTION.test(x.sel.name) && x.x.kind === 'Ident' ? x.x.obj : undefined;
}

/** True when the variable gets its usage in the same function: from its literal, or by another assignment. */
function explainedBeside(analysis: Analysis, unit: DeclUnit, stmt: AssignStmt, object: LocalObject): boolean {
  const parents = analysis.parents(unit);
  const made = object.declNode;
  const value = made.kind === 'AssignStmt' && made.rhs.length === 1 && made.rhs[0] ? unparen(made.rhs[0]) : undefined;
  const literal = value?.kind === 'UnaryExpr' && value.op === '&' ? unparen(value.x) : value;
  if (literal?.kind === 'CompositeLit' && explains(literal)) return true;
  return object.uses.some((use) => {
    const field = parents.get(use);
    if (field?.kind !== 'SelectorExpr' || field.x !== use || !HELP.test(field.sel.name) || contains(stmt, use))
      return false;
    const other = ancestor(parents, field, (n) => n.kind === 'AssignStmt' || n.kind === 'BlockStmt');
    return other?.kind === 'AssignStmt' && other.lhs.includes(field);
  });
}

/** True for a function that takes words of the command line, or gives an exit code. */
function hasShape(func: FuncNode): boolean {
  return takesWords(func) || givesInt(func);
}

/** True for a parameter of type `[]string`. */
function takesWords({ type }: FuncNode): boolean {
  return type.params.some(
    ({ type: t }) => t.kind === 'ArrayType' && !t.len && t.elem.kind === 'Ident' && t.elem.name === 'string',
  );
}

/** True for a first result of type `int`. */
function givesInt({ type }: FuncNode): boolean {
  const first = type.results[0]?.type;
  return first?.kind === 'Ident' && first.name === 'int';
}

/** True for a parameter of the type of the literal that holds the function. */
function takesCommand(analysis: Analysis, { unit, func }: Body, from: DeclUnit, literal: CompositeLit): boolean {
  const own = literal.type && deref(analysis.types.resolve(from, literal.type));
  if (own?.kind !== 'named') return false;
  return func.type.params.some((p) => {
    const type = deref(analysis.types.resolve(unit, p.type));
    return type.kind === 'named' && type.pkg === own.pkg && type.name === own.name;
  });
}
