import assert from 'node:assert/strict';
import { Log } from '../../src/lsp/log.ts';
import { Quarantine } from '../../src/lsp/quarantine.ts';

describe('quarantine', () => {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const log = new Log({ error: say, warn: say });
  beforeEach(() => void lines.splice(0));

  it('holds a file whose analysis throws', () => {
    const quarantine = new Quarantine(log);
    const failed = quarantine.run('a.go', () => {
      throw new Error('on purpose');
    });
    assert.deepEqual([failed, quarantine.has('a.go'), quarantine.has('b.go')], [undefined, true, false]);
    assert.match(lines.join(), /a\.go failed.*on purpose/s);
  });

  it('holds a file that took too long, whose result still counts, until it is released', () => {
    const quarantine = new Quarantine(log, 5);
    const result = quarantine.run('a.go', () => {
      for (const end = performance.now() + 10; performance.now() < end;);
      return 'found';
    });
    assert.deepEqual([result, quarantine.has('a.go')], ['found', true]);
    assert.match(lines.join(), /a\.go took \d+ ms/);
    quarantine.release('a.go');
    assert.equal(quarantine.has('a.go'), false);
  });

  it('lets the others be', () => {
    const quarantine = new Quarantine(log);
    assert.deepEqual([quarantine.run('a.go', () => 1), quarantine.has('a.go'), lines], [1, false, []]);
  });
});
