/** Makes channels in fields, and in the elements of a slice, where the value that holds them is made. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { addField } from '../../fixes/add-field.ts';
import { insertAtBlockStart } from '../../fixes/insert-statement.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { find, pathText, unparen } from '../../golang/walk.ts';
import { declarationsNaming } from '../../golang/word-index.ts';
import { isWritten } from '../../golang/written-names.ts';
import type { CompositeLit, Expr, SelectorExpr } from '../../syntax/ast.ts';
import type { FixSpec, RuleContext } from '../context.ts';
import { operand } from '../leaked-channel.ts';
import { isRepairedBy } from '../model-report.ts';

/** `ch: make(chan T)` in the only literal of a struct whose constructor leaves the channel out. */
export function makeInLiteral(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis } = context;
  const channel = operand(leak);
  const x = channel && unparen(channel);
  const { unit } = leak.site;
  if (x?.kind !== 'SelectorExpr') return undefined;
  const field = fieldOf(analysis, unit, x);
  if (field?.type.kind !== 'ChanType' || field.type.dir !== 'both') return undefined;
  const [only, ...others] = literalsOf(analysis, unit, field.typeName);
  const { name } = x.sel;
  // Where it is made later, who was there before would still wait at the channel of the literal.
  if (!only || others.length > 0 || !isWritableIn(only.unit, field) || isWritten(unit.pkg, name)) return undefined;
  const has = only.lit.elts.some((e) => e.kind === 'KeyValueExpr' && e.key.kind === 'Ident' && e.key.name === name);
  const edits = has ? undefined : addField(only.unit, only.lit, name, `make(${field.unit.text(field.type)})`);
  if (!isRepairedBy(context, leak, edits)) return undefined;
  return { id: 'make-channel', title: 'fix-make-field', args: { name }, preferred: true, edits };
}

interface StructField {
  unit: DeclUnit;
  typeName: string;
  type: Expr;
}

/** The declaration of a field of a struct in the package. */
function fieldOf(analysis: Analysis, unit: DeclUnit, { x, sel }: SelectorExpr): StructField | undefined {
  const type = analysis.typeOf(unit, x);
  const named = type.kind === 'pointer' ? type.elem : type;
  const member = named.kind === 'named' && named.pkg === unit.pkg.path ? unit.pkg.member(named.name) : undefined;
  if (!member || named.kind !== 'named' || named.args.length > 0) return undefined;
  const declared = unit.pkg.unit(member);
  const spec = nodesOfKind(declared.decl, 'TypeSpec').find((s) => s.name.name === named.name);
  const field =
    spec?.type.kind === 'StructType'
      ? spec.type.fields.find((f) => f.names.some((n) => n.name === sel.name))
      : undefined;
  return field && { unit: declared, typeName: named.name, type: field.type };
}

/** True where the type of a field means the same: other files may import other things. */
function isWritableIn({ file }: DeclUnit, { unit, type }: StructField): boolean {
  return unit.file === file || find(type, (n) => n.kind === 'SelectorExpr') === undefined;
}

/** Literals of a type of the package, tests left out; those in a list or map of them are not told. */
function literalsOf(analysis: Analysis, { pkg }: DeclUnit, typeName: string): { unit: DeclUnit; lit: CompositeLit }[] {
  return declarationsNaming(pkg, typeName).flatMap((member) => {
    const unit = pkg.unit(member);
    if (unit.hasError || unit.file.isTest) return [];
    return nodesOfKind(unit.decl, 'CompositeLit').flatMap((lit) => {
      const type = analysis.typeOf(unit, lit);
      return type.kind === 'named' && type.pkg === pkg.path && type.name === typeName ? [{ unit, lit }] : [];
    });
  });
}

/** `q.parts[i] = make(chan T)` first in a loop over a slice that `make` has filled with nil channels. */
export function makeElements(context: RuleContext, leak: Leak): FixSpec | undefined {
  const { analysis, unit: here } = context;
  const channel = operand(leak);
  const x = channel && unparen(channel);
  const list = x?.kind === 'IndexExpr' ? unparen(x.x) : undefined;
  if (list?.kind !== 'SelectorExpr') return undefined;
  const field = fieldOf(analysis, leak.site.unit, list);
  const elem = field?.type.kind === 'ArrayType' ? field.type.elem : undefined;
  if (!field || elem?.kind !== 'ChanType' || elem.dir !== 'both') return undefined;
  for (const member of declarationsNaming(here.pkg, list.sel.name)) {
    const unit = here.pkg.unit(member);
    if (unit.hasError || !isWritableIn(unit, field)) continue;
    const loop = nodesOfKind(unit.decl, 'RangeStmt').find(
      (r) =>
        r.x.kind === 'SelectorExpr' &&
        fieldOf(analysis, unit, r.x)?.typeName === field.typeName &&
        r.x.sel.name === list.sel.name,
    );
    const path = loop && pathText(loop.x);
    if (
      !loop ||
      path === undefined ||
      !loop.define ||
      loop.value ||
      loop.key?.kind !== 'Ident' ||
      loop.key.name === '_'
    )
      continue;
    const name = `${path}[${loop.key.name}]`;
    const edits = insertAtBlockStart(unit, loop.body, `${name} = make(${field.unit.text(elem)})`);
    if (isRepairedBy(context, leak, edits))
      return { id: 'make-channel', title: 'fix-make-field', args: { name }, preferred: true, edits };
  }
  return undefined;
}
