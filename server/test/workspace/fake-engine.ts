import { addModelStatistics } from '../../src/concurrency/model/statistics.ts';
import type { Engine, EngineSettings, EngineStatistics, FileResult, PackageInput } from '../../src/engine/api.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { emptyStatistics } from '../../src/engine/statistics.ts';
import { LineIndex } from '../../src/syntax/line-index.ts';

/** Reports every `LEAK` of a target as rule `lost-cancel`, with a step and a fix; the fix edits the file named by `ALSO path`, too; `CRASH` makes it throw, `SLOW` takes more than a second. */
export class FakeEngine implements Engine {
  readonly statistics: EngineStatistics = emptyStatistics();
  readonly calls: { input: PackageInput; settings: EngineSettings }[] = [];
  readonly forgotten: string[] = [];

  mayMatterToOthers(): boolean {
    return false;
  }

  mayMatter(text: string): boolean {
    return /LEAK|CRASH|DIE|HANG|SLOW/.test(text);
  }

  forget(path: string): void {
    this.forgotten.push(path);
  }

  goroutines(): [] {
    return [];
  }

  refactorings(): [] {
    return [];
  }

  analyze(input: PackageInput, settings: EngineSettings): FileResult[] {
    this.calls.push({ input, settings });
    const targets = new Set(input.targets ?? input.files.map((file) => file.path));
    return input.files
      .filter((file) => targets.has(file.path))
      .map(({ path, text }) => {
        this.statistics.files++;
        addModelStatistics(this.statistics.model, {
          functions: 1,
          states: 20,
          incomplete: 1,
          functionMs: [text.length],
        });
        if (text.includes('CRASH')) throw new Error('boom');
        if (text.includes('DIE')) process.exit(3);
        const end = Date.now() + 1200;
        while (text.includes('HANG') || (text.includes('SLOW') && Date.now() < end));
        return { path, findings: findLeaks(path, text), notices: [] };
      });
  }
}

function findLeaks(path: string, text: string): Finding[] {
  const lines = new LineIndex(text);
  const also = /ALSO (\S+)/.exec(text)?.[1];
  return [...text.matchAll(/LEAK/g)].map((match) => {
    const start = match.index;
    const end = start + 4;
    const range = { start: lines.position(start), end: lines.position(end) };
    return {
      rule: 'lost-cancel',
      messageId: 'leak',
      message: 'leaks',
      severity: 'warning',
      path,
      start,
      end,
      range,
      steps: [{ path, start, end, range, message: 'here' }],
      fixes: [
        {
          id: 'plug',
          title: 'Plug it',
          kind: 'quickfix',
          preferred: true,
          safe: true,
          edits: [{ start, end, newText: 'OK' }],
          ...(also !== undefined && { elsewhere: [{ path: also, edits: [{ start: 0, end: 0, newText: 'OK' }] }] }),
        },
      ],
    };
  });
}
