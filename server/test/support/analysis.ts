/** Builds an `Analysis` over Go source text, for tests of the layers above `syntax`. */
import { Analysis } from '../../src/golang/analysis.ts';
import { ApiPackages, GoPackage, Program } from '../../src/golang/package.ts';
import { SourceFile } from '../../src/golang/source-file.ts';
import type { DeclUnit } from '../../src/golang/unit.ts';
import { GoParser } from '../../src/syntax/parser.ts';
import { loadWasm } from './wasm.ts';

let parser: Promise<GoParser> | undefined;

/** The parser all tests of a process share. */
export function sharedParser(): Promise<GoParser> {
  return (parser ??= loadWasm().then((wasm) => GoParser.create(wasm)));
}

export interface TestPackage {
  analysis: Analysis;
  pkg: GoPackage;
  /** The unit that declares a package-level name, or a method as `Type.Method`. */
  unit(name: string): DeclUnit;
}

/** A package of the given files (name → text), with API stubs behind it. */
export async function packageOf(files: Record<string, string>, path = 'example.com/p'): Promise<TestPackage> {
  const p = await sharedParser();
  const sources = Object.entries(files).map(([name, text]) => new SourceFile(name, text, p));
  const pkg = new GoPackage(path, sources[0]?.outline.packageName ?? 'p', sources);
  const analysis = new Analysis(new Program(new ApiPackages(p), [pkg]));
  return {
    analysis,
    pkg,
    unit(name) {
      const [type, method] = name.split('.');
      const member = method ? pkg.methods(type ?? '').get(method) : pkg.member(name);
      if (!member) throw new Error(`no ${name} in the package`);
      return pkg.unit(member);
    },
  };
}
