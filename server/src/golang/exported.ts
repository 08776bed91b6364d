/** Names that other packages can use. */
import type { FuncDecl } from '../syntax/ast.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent } from './walk.ts';

/** True for a name that starts with an upper-case letter. */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** True for what other packages can call: an exported function, or method of an exported type. */
export function isOpenToOthers({ pkg }: DeclUnit, { name, recv }: FuncDecl): boolean {
  const type = recv && baseIdent(recv.type.kind === 'StarExpr' ? recv.type.x : recv.type);
  return pkg.name !== 'main' && isExported(name.name) && (!type || isExported(type.name));
}
