/** Which calls may acquire something, told by names: nearly all others need not be resolved to see that they do not. */
import type { CallExpr } from '../syntax/ast.ts';
import type { Declaration } from '../syntax/declarations.ts';
import { readResults } from '../syntax/func-header.ts';
import { ACQUIRING } from './api/facts.ts';
import { isCarrierName, resourceCarriers } from './carriers.ts';
import { isExported } from './exported.ts';
import { isNamedIn } from './imported.ts';
import type { GoPackage, PackageMember, Program } from './package.ts';
import type { SourceFile } from './source-file.ts';
import type { DeclUnit } from './unit.ts';
import { calledName } from './walk.ts';

/**
 * False for calls of functions that neither the table of known functions nor a declaration in the workspace gives something to
 * release. Headers are not noted as read: nothing is kept when one changes.
 */
export function mayAcquire(program: Program, { pkg, file }: DeclUnit, call: CallExpr): boolean {
  const name = calledName(call);
  if (ACQUIRING.has(name) || program.own?.names.has(name) || isHandedOut(pkg, name)) return true;
  for (const other of program.packages) if (other !== pkg && isHandedOut(other, name)) return true;
  return call.fun.kind === 'SelectorExpr' && isExported(name) && isNamedIn(program, file, name, resourceCarriers);
}

function isHandedOut(pkg: GoPackage, name: string): boolean {
  return handingOut(pkg).has(name) || isCarrierName(pkg, name);
}

const known = new WeakMap<GoPackage, ReadonlySet<string>>();

/** Names of functions of a package with a result that can be, or hold, something to release. */
function handingOut(pkg: GoPackage): ReadonlySet<string> {
  let names = known.get(pkg);
  if (!names) {
    const aliases = aliasesOf(pkg);
    const members = pkg.files.flatMap((file) => file.outline.decls.map((declaration) => ({ file, declaration })));
    names = new Set(members.filter((m) => mayHandOut(m, aliases)).flatMap((m) => m.declaration.names));
    known.set(pkg, names);
  }
  return names;
}

/** Such a result is a function or of a type that another package declares, cf. `AcquireSummaries`. */
function mayHandOut({ file, declaration }: PackageMember, aliases: RegExp | undefined): boolean {
  if (declaration.tok !== 'func' || declaration.body < 0) return false;
  const results = readResults(headerOf(file, declaration));
  if (results.trim() === '') return false;
  return file.hasDotImports || /\.|\bfunc\b/.test(results) || (aliases?.test(results) ?? false);
}

function headerOf(file: SourceFile, { base, body }: Declaration): string {
  return file.textOf({ base, end: body });
}

/** Finds the names under which a package knows types of others, besides their own. */
function aliasesOf(pkg: GoPackage): RegExp | undefined {
  const names = pkg.files.flatMap((file) =>
    file.outline.decls
      .filter((d) => d.tok === 'type' && /=/.test(file.textOf(d)))
      .flatMap((d) => d.names.filter(Boolean)),
  );
  return names.length > 0 ? new RegExp(`\\b(?:${names.join('|')})\\b`) : undefined;
}
