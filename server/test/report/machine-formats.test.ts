import assert from 'node:assert/strict';
import type { FileResult } from '../../src/engine/api.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { jsonReporter } from '../../src/report/json.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { sarifReporter } from '../../src/report/sarif.ts';
import { findingAt, optionsFor, place, SUMMARY } from './support.ts';
import type { Sources } from './support.ts';

const path = '/r/dir with space/ü[1].go';
const sources: Sources = {
  [path]: 'package b\n\nfunc f() {\n\t/* 😀 */ go leak()\n\tgo leak()\n}\n',
  '/else/x.go': 'x\n',
};

const leak: Finding = findingAt(sources, path, 'leak()', {
  message: 'sends on [ch] {x}',
  steps: [
    { path, message: 'starts [here]', ...place(sources, path, 'func f') },
    { path: '/else/x.go', message: 'ends', ...place(sources, '/else/x.go', 'x') },
  ],
  fixes: [
    {
      id: 'plug',
      title: 'Plug it',
      kind: 'quickfix',
      preferred: true,
      safe: true,
      edits: [
        { start: 9, end: 9, newText: '\nimport "x"' },
        { start: 24, end: 33, newText: '' },
      ],
    },
  ],
});
/** Of several files, one of which may be gone when the report is written. */
const spread = (other: string): Finding => ({
  ...leak,
  fixes: [{ ...leak.fixes[0]!, elsewhere: [{ path: other, edits: [{ start: 0, end: 1, newText: 'y' }] }] }],
});
const silenced: Finding = { ...leak, steps: [], fixes: [], suppressed: { reason: 'known', kind: 'nolint' } };

async function render(reporter: Reporter, results: FileResult[], summary = SUMMARY) {
  let text = '';
  for (const result of results) text += await reporter.file(result);
  assert.equal(text, '', 'nothing is written before the end');
  return JSON.parse(await reporter.end(summary));
}

const result: FileResult = {
  path,
  findings: [leak, silenced],
  notices: [{ path, severity: 'warning', code: 'invalid-utf8', message: 'not UTF-8' }],
  goroutines: [
    {
      path,
      ...place(sources, path, 'go'),
      word: { start: 0, end: 0 },
      function: 'leak',
      ends: 'when-done',
      text: 'ends when `ctx` is done',
      title: 'ends',
      reason: { path: '/else/x.go', ...place(sources, '/else/x.go', 'x') },
    },
  ],
};

describe('JSON report', () => {
  it('has the documented fields', async () => {
    const report = await render(jsonReporter(optionsFor(sources)), [result]);
    assert.deepEqual(Object.keys(report), [
      'schemaVersion',
      'tool',
      'root',
      'columnKind',
      'summary',
      'findings',
      'suppressed',
      'notices',
      'goroutines',
    ]);
    assert.deepEqual(report.tool, { name: 'goroutine-hygiene', version: '1.2.3' });
    assert.deepEqual(report.summary, {
      files: 5,
      successful: true,
      error: 0,
      warning: 1,
      information: 0,
      hint: 0,
      suppressed: 1,
      notices: 1,
    });
    const [finding] = report.findings;
    assert.equal(finding.path, 'dir with space/ü[1].go');
    assert.deepEqual([finding.line, finding.column, finding.endLine, finding.endColumn], [4, 14, 4, 20]);
    assert.match(finding.fingerprint, /^[0-9a-f]{16}$/);
    assert.deepEqual(
      finding.steps.map((step: { path: string; line: number }) => [step.path, step.line]),
      [
        ['dir with space/ü[1].go', 3],
        ['/else/x.go', 1],
      ],
    );
    assert.deepEqual(finding.fixes[0].edits[0], {
      line: 1,
      column: 10,
      endLine: 1,
      endColumn: 10,
      startOffset: 9,
      endOffset: 9,
      newText: '\nimport "x"',
    });
    assert.deepEqual(report.suppressed[0].suppression, { reason: 'known', kind: 'nolint' });
    assert.equal(report.notices[0].code, 'invalid-utf8');
    const at = { line: 4, column: 11, endLine: 4, endColumn: 13, startOffset: 32, endOffset: 34 };
    const reason = { path: '/else/x.go', line: 1, column: 1, endLine: 1, endColumn: 2, startOffset: 0, endOffset: 1 };
    const words = { function: 'leak', end: 'when-done', text: 'ends when `ctx` is done' };
    assert.deepEqual(report.goroutines, [{ path: finding.path, ...at, ...words, reason }]);
  });
});

describe('fixes of several files', () => {
  const both = { path, findings: [spread('/else/x.go'), spread('/gone.go')], notices: [] };

  it('are in a JSON report as a whole or not at all', async () => {
    const report = await render(jsonReporter(optionsFor(sources)), [both]);
    const [[fix], gone] = report.findings.map(({ fixes }: { fixes: object[] }) => fixes);
    assert.equal(fix.edits.length, 2);
    const at = { line: 1, column: 1, endLine: 1, endColumn: 2, startOffset: 0, endOffset: 1 };
    assert.deepEqual(fix.elsewhere, [{ path: '/else/x.go', edits: [{ ...at, newText: 'y' }] }]);
    assert.deepEqual(gone, []);
  });

  it('are artifact changes of one fix in a SARIF report, or not there', async () => {
    const log = await render(sarifReporter(optionsFor(sources)), [both]);
    const [[fix], gone] = log.runs[0].results.map(({ fixes }: { fixes?: object[] }) => fixes);
    const uris = fix.artifactChanges.map(
      (change: { artifactLocation: { uri: string } }) => change.artifactLocation.uri,
    );
    assert.deepEqual(uris, ['dir%20with%20space/%C3%BC%5B1%5D.go', 'file:///else/x.go']);
    assert.deepEqual(fix.artifactChanges[1].replacements, [
      { deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }, insertedContent: { text: 'y' } },
    ]);
    assert.equal(gone, undefined);
  });
});

describe('SARIF report', () => {
  it('has the shape of SARIF 2.1.0', async () => {
    const log = await render(sarifReporter(optionsFor(sources)), [result]);
    assert.equal(log.version, '2.1.0');
    const [run] = log.runs;
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.deepEqual(run.originalUriBaseIds, { '%SRCROOT%': { uri: 'file:///r/' } });
    const { rules } = run.tool.driver;
    assert.deepEqual(
      rules.map((rule: { id: string; name: string; defaultConfiguration: object }) => [
        rule.id,
        rule.name,
        rule.defaultConfiguration,
      ]),
      [
        ['context-in-struct', 'ContextInStruct', { enabled: false, level: 'warning' }],
        ['lost-cancel', 'LostCancel', { enabled: true, level: 'warning' }],
      ],
    );
    for (const rule of rules) {
      assert.ok(rule.shortDescription.text && rule.fullDescription.text && rule.help.text);
      assert.match(rule.help.markdown, /```go\nfunc f\(\) \{\}\n```/);
    }
    for (const each of run.results) {
      assert.equal(rules[each.ruleIndex].id, each.ruleId);
      assert.ok(['error', 'warning', 'note', 'none'].includes(each.level));
      for (const { physicalLocation } of each.locations) checkLocation(physicalLocation);
      assert.match(each.partialFingerprints['goroutineHygiene/v1'], /^[0-9a-f]{16}$/);
    }
    assert.deepEqual(run.invocations, [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            descriptor: { id: 'invalid-utf8' },
            level: 'warning',
            message: { text: 'not UTF-8' },
            locations: [{ physicalLocation: { artifactLocation: { uri: URI, uriBaseId: '%SRCROOT%' } } }],
          },
        ],
      },
    ]);
    assert.deepEqual(run.tool.driver.notifications, [{ id: 'invalid-utf8' }]);
  });

  const URI = 'dir%20with%20space/%C3%BC%5B1%5D.go';

  function checkLocation({
    artifactLocation,
    region,
  }: {
    artifactLocation: { uri: string; uriBaseId?: string };
    region: Record<string, number>;
  }) {
    assert.ok(!artifactLocation.uri.startsWith('/') && !artifactLocation.uri.includes('\\'));
    assert.equal(artifactLocation.uriBaseId === undefined, artifactLocation.uri.startsWith('file:'));
    for (const value of Object.values(region)) assert.ok(Number.isInteger(value) && value >= 1);
    assert.ok(region['endLine']! >= region['startLine']!);
  }

  it('links the witness from the message', async () => {
    const log = await render(sarifReporter(optionsFor(sources)), [result]);
    const [first] = log.runs[0].results;
    assert.equal(first.message.text, 'sends on \\[ch\\] {x}\n1. [starts \\[here\\]](1)\n2. [ends](2)');
    assert.deepEqual(
      first.relatedLocations.map((related: { id: number; physicalLocation: { artifactLocation: object } }) => [
        related.id,
        related.physicalLocation.artifactLocation,
      ]),
      [
        [1, { uri: URI, uriBaseId: '%SRCROOT%' }],
        [2, { uri: 'file:///else/x.go' }],
      ],
    );
    assert.equal(first.codeFlows[0].threadFlows[0].locations.length, 2);
  });

  it('carries fixes and suppressions', async () => {
    const log = await render(sarifReporter(optionsFor(sources)), [result]);
    const [first, second] = log.runs[0].results;
    assert.deepEqual(first.fixes, [
      {
        description: { text: 'Plug it' },
        artifactChanges: [
          {
            artifactLocation: { uri: URI, uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 1, startColumn: 10, endLine: 1, endColumn: 10 },
                insertedContent: { text: '\nimport "x"' },
              },
              { deletedRegion: { startLine: 4, startColumn: 3, endLine: 4, endColumn: 12 } },
            ],
          },
        ],
      },
    ]);
    assert.deepEqual(second.suppressions, [{ kind: 'inSource', status: 'accepted', justification: 'known' }]);
    assert.equal(first.suppressions, undefined);
  });

  it('says when the run was not successful', async () => {
    const log = await render(sarifReporter(optionsFor(sources)), [], { ...SUMMARY, successful: false });
    assert.equal(log.runs[0].invocations[0].executionSuccessful, false);
    assert.deepEqual(log.runs[0].results, []);
  });
});

describe('fingerprint', () => {
  async function prints(text: string): Promise<string[]> {
    const file = '/r/a.go';
    const findings = [...text.matchAll(/leak\(\)/g)].map((match) => ({
      ...findingAt({ [file]: text.slice(match.index) }, file, 'leak()'),
      path: file,
      start: match.index,
      range: {
        start: { line: text.slice(0, match.index).split('\n').length - 1, character: 0 },
        end: { line: 0, character: 0 },
      },
    }));
    const report = await render(jsonReporter(optionsFor({ [file]: text })), [{ path: file, findings, notices: [] }]);
    return report.findings.map((finding: { fingerprint: string }) => finding.fingerprint);
  }

  it('survives moved and reindented lines, and tells equal lines apart', async () => {
    const before = await prints('\tgo leak()\n\tgo leak()\n\tleak()');
    assert.equal(new Set(before).size, 3);
    assert.deepEqual(await prints('// new\n\n\t\tgo   leak()\n  go leak()\nleak()'), before);
    assert.notDeepEqual(await prints('\tgo leak()\n\tgo leak()\n\tx.leak()'), before);
  });

  it('takes a line of megabytes with many findings', async () => {
    const found = await prints(`${'leak(); '.repeat(200)}${'x(); '.repeat(300_000)}`);
    assert.equal(new Set(found).size, 200);
  });
});
