/**
 * An engine that obeys the text it is given, for what no real rule can be made to do at will:
 * `CRASH` throws, `SLOW` takes 300 ms, `LEAK(name)` is a finding named so, `SAFE` on its line gives it a safe fix
 * that deletes `LEAK(name)`, and `import` adds the same import with every such fix.
 */
import type { Engine, FileResult, PackageInput } from '../../../src/engine/api.ts';
import type { Finding, Fix, Position, TextEdit } from '../../../src/engine/finding.ts';
import { emptyStatistics } from '../../../src/engine/statistics.ts';

export class ScriptedEngine implements Engine {
  readonly statistics = emptyStatistics();

  mayMatterToOthers(): boolean {
    return false;
  }

  mayMatter(text: string): boolean {
    return /LEAK|CRASH|SLOW/.test(text);
  }

  forget(): void {}

  goroutines(): [] {
    return [];
  }

  refactorings(): [] {
    return [];
  }

  analyze({ files, targets, goVersion }: PackageInput): FileResult[] {
    const wanted = files.filter(({ path }) => !targets || targets.includes(path));
    return wanted.map(({ path, text }) => {
      if (text.includes('CRASH')) throw new Error('crashed on purpose');
      if (text.includes('SLOW')) for (const end = Date.now() + 300; Date.now() < end;);
      const around = files.length > 1 ? ` beside ${files.length - 1}` : '';
      const findings = [...text.matchAll(/LEAK\((\w+)\)/g)].map(({ 0: all, 1: name = '', index }) =>
        finding(path, text, index, index + all.length, `${name} leaks${around} in go ${goVersion ?? '?'}`),
      );
      return { path, findings, notices: [] };
    });
  }
}

function finding(path: string, text: string, start: number, end: number, message: string): Finding {
  const line = text.slice(start, text.indexOf('\n', start));
  const range = { start: positionAt(text, start), end: positionAt(text, end) };
  const step = { path, start, end, range, message: 'here [it](x) begins' };
  const fixes = line.includes('SAFE') ? [fix(text, start, end)] : [];
  return {
    rule: 'lost-cancel',
    messageId: 'leak',
    message,
    severity: 'warning',
    path,
    start,
    end,
    range,
    steps: [step],
    fixes,
  };
}

function fix(text: string, start: number, end: number): Fix {
  const edits: TextEdit[] = [{ start, end, newText: 'ok' }];
  const at = text.indexOf('import "');
  if (at >= 0) edits.unshift({ start: at, end: at, newText: 'import "time"\n' });
  return { id: 'remove', title: 'Remove the leak', kind: 'quickfix', preferred: true, safe: true, edits };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}
