import assert from 'node:assert/strict';
import { codeFrame, printable } from '../../src/report/code-frame.ts';
import { SourceText } from '../../src/report/sources.ts';
import { createStyle, wantsColor } from '../../src/report/style.ts';
import { textReporter } from '../../src/report/text.ts';
import { findingAt, optionsFor, place, SUMMARY } from './support.ts';
import type { Sources } from './support.ts';

const plain = createStyle(false);
const path = '/r/a/b.go';

function frame(text: string, what: string): string[] {
  return codeFrame(new SourceText(text), place({ [path]: text }, path, what).range, plain);
}

describe('code frame', () => {
  it('shows two lines of context and underlines the range below expanded tabs', () => {
    assert.deepEqual(frame('one\ntwo\nthree\n\tx := leak()\nfive\nsix\nseven', 'leak()'), [
      '     2 | two',
      '     3 | three',
      '>    4 |     x := leak()',
      '       |          ^~~~~~',
      '     5 | five',
      '     6 | six',
    ]);
  });

  it('underlines the first line of a range that spans lines, and an empty range', () => {
    assert.deepEqual(frame('a(\n b)', 'a(\n b)').slice(0, 2), ['>    1 | a(', '       | ^~']);
    const empty = { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } };
    assert.deepEqual(codeFrame(new SourceText('ab'), empty, plain), ['>    1 | ab', '       |  ^']);
  });

  it('places the marker below wide, combining and astral characters', () => {
    assert.equal(frame('中文 x', 'x')[1], '       |      ^');
    assert.equal(frame('e\u0301 x', 'x')[1], '       |   ^');
    assert.equal(frame('😀 x', 'x')[1], '       |    ^');
  });

  it('escapes what could drive a terminal or hide text', () => {
    assert.equal(printable('a\x1b[31mb\u202ec\x07\u009b'), 'a\\x1b[31mb\\u{202e}c\\x07\\x9b');
    assert.deepEqual(frame('\x1bx', 'x'), ['>    1 | \\x1bx', '       |     ^']);
  });

  it('cuts a very long line around the finding', () => {
    const [line, marker] = frame(`${'a'.repeat(2_000_00)}LEAK${'b'.repeat(500)}`.slice(150_000), 'LEAK');
    assert.ok(line!.length < 200, String(line!.length));
    assert.equal(line!.slice(marker!.indexOf('^'), marker!.indexOf('^') + 4), 'LEAK');
    assert.ok(line!.endsWith('…'));
  });

  it('takes CRLF', () => {
    assert.deepEqual(frame('a\r\nLEAK\r\nb', 'LEAK'), ['     1 | a', '>    2 | LEAK', '       | ^~~~', '     3 | b']);
  });

  it('stays short for a line of 5 MB', () => {
    const text = `x := "${'y'.repeat(5_000_000)}" LEAK`;
    const started = performance.now();
    const lines = frame(text, 'LEAK');
    assert.ok(performance.now() - started < 2000);
    assert.ok(lines.every((line) => line.length < 400));
  });
});

describe('text report', () => {
  const sources: Sources = { [path]: 'package b\n\nfunc f() {\n\tgo leak()\n}\n', '/r/c.go': 'one\n\tstep\n' };
  const reporter = (quiet = false, locale: 'en' | 'zh-cn' = 'en') =>
    textReporter({ ...optionsFor(sources), style: plain, quiet, locale });
  const finding = findingAt(sources, path, 'leak()', {
    steps: [{ path: '/r/c.go', message: 'blocks here', ...place(sources, '/r/c.go', 'step') }],
    fixes: [{ id: 'plug', title: 'Plug it', kind: 'quickfix', preferred: true, safe: true, edits: [] }],
  });

  it('shows place, severity, rule, code, steps and fixes', async () => {
    assert.equal(
      await reporter().file({ path, findings: [finding], notices: [] }),
      [
        'a/b.go:4:5: warning: something leaks [lost-cancel]',
        '     3 | func f() {',
        '>    4 |     go leak()',
        '       |        ^~~~~~',
        '     5 | }',
        '  1. c.go:2:2: blocks here',
        '>    2 |     step',
        '       |     ^~~~',
        '  fix: Plug it',
        '',
        '',
      ].join('\n'),
    );
  });

  it('is one line per finding when quiet, without suppressed ones', async () => {
    const suppressed = { ...finding, suppressed: { reason: 'r', kind: 'hygiene' as const } };
    const text = await reporter(true).file({ path, findings: [finding, suppressed], notices: [] });
    assert.equal(text, 'a/b.go:4:5: warning: something leaks [lost-cancel]\n');
    assert.equal(await reporter(true).end(SUMMARY), '');
  });

  it('shows notices with their place', async () => {
    const notice = {
      path,
      severity: 'error' as const,
      code: 'c',
      message: 'bad\x1b',
      range: { start: { line: 2, character: 4 }, end: { line: 2, character: 4 } },
    };
    assert.equal(await reporter().file({ path, findings: [], notices: [notice] }), 'a/b.go:3:5: error: bad\\x1b [c]\n');
  });

  it('goes on without the source when the file is gone', async () => {
    const gone = { ...finding, path: '/r/gone.go', steps: [], fixes: [] };
    assert.equal(
      await reporter().file({ path: '/r/gone.go', findings: [gone], notices: [] }),
      'gone.go:4:5: warning: something leaks [lost-cancel]\n\n',
    );
  });

  it('sums up in both languages', async () => {
    assert.equal(await reporter().end(SUMMARY), '1 finding (1 warning) in 1 of 5 files.\n');
    assert.equal(
      await reporter().end({
        ...SUMMARY,
        counts: { error: 2, warning: 0, information: 3, hint: 1 },
        suppressed: 1,
        notices: 2,
      }),
      '6 findings (2 errors, 3 information, 1 hint) in 1 of 5 files, 1 suppressed, 2 notices.\n',
    );
    const clean = { ...SUMMARY, counts: { error: 0, warning: 0, information: 0, hint: 0 } };
    assert.equal(await reporter().end(clean), 'No findings in 5 files.\n');
    assert.match(await reporter(false, 'zh-cn').end(SUMMARY), /5 个文件.*1 个警告/);
  });
});

describe('colour', () => {
  it('follows the option, NO_COLOR, FORCE_COLOR and the terminal, in this order', () => {
    assert.equal(wantsColor('always', { NO_COLOR: '1' }, false), true);
    assert.equal(wantsColor('never', { FORCE_COLOR: '1' }, true), false);
    assert.equal(wantsColor('auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true), false);
    assert.equal(wantsColor('auto', { NO_COLOR: '', FORCE_COLOR: '1' }, false), true);
    assert.equal(wantsColor('auto', { FORCE_COLOR: '0' }, true), false);
    assert.equal(wantsColor('auto', {}, true), true);
    assert.equal(wantsColor('auto', { TERM: 'dumb' }, true), false);
    assert.equal(wantsColor('auto', {}, false), false);
  });
});
