/** A top-level declaration with everything the analysis knows about it. Rules and fixes work on units. */
import type { Decl } from '../syntax/ast.ts';
import type { Declaration } from '../syntax/declarations.ts';
import type { GoPackage } from './package.ts';
import type { SourceFile } from './source-file.ts';

export class DeclUnit {
  constructor(
    readonly file: SourceFile,
    readonly declaration: Declaration,
    readonly decl: Decl,
    readonly pkg: GoPackage,
    /** Some of it did not parse: nobody looks inside, and it counts as unknown. */
    readonly hasError: boolean,
  ) {}

  /** File offset of the declaration; add it to a node's offset to get a file offset. */
  get base(): number {
    return this.declaration.base;
  }

  /** Source text of a node of this unit. */
  text(node: { start: number; end: number }): string {
    return this.file.text.slice(this.base + node.start, this.base + node.end);
  }
}
