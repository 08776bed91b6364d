import assert from 'node:assert/strict';
import { walk } from '../../src/golang/walk.ts';
import { analyseWith, summary, testRule } from './support.ts';

const RULES = [testRule('leak-one'), testRule('leak-two')];

async function lines(text: string): Promise<string[]> {
  return summary(await analyseWith(RULES, text));
}

/** What becomes of the findings of a call that carries a comment. */
async function trailing(comment: string): Promise<string[]> {
  return lines(`package p\nfunc f() {\n\tleak() ${comment}\n}\n`);
}

const ONE = '3 leak-one';
const TWO = '3 leak-two';

const FORMS: Record<string, string[]> = {
  '//hygiene:ignore leak-one it is fine': [`(${ONE}: hygiene it is fine)`, TWO],
  '//hygiene:ignore leak-one,leak-two it is fine': [`(${ONE}: hygiene it is fine)`, `(${TWO}: hygiene it is fine)`],
  '//hygiene:ignore\tleak-two\tbecause of x': [ONE, `(${TWO}: hygiene because of x)`],
  '//hygiene:ignore goroutine-hygiene all are fine': [
    `(${ONE}: hygiene all are fine)`,
    `(${TWO}: hygiene all are fine)`,
  ],
  '//hygiene:ignore other-rule not about this': [ONE, TWO, 'suppression-unknown-rule'],
  '//hygiene:ignore leak-one,leak-tow one name is mistyped': [
    `(${ONE}: hygiene one name is mistyped)`,
    TWO,
    'suppression-unknown-rule',
  ],
  '//hygiene:ignore leak-one': [ONE, TWO, 'suppression-without-reason'],
  '//hygiene:ignore leak-one   ': [ONE, TWO, 'suppression-without-reason'],
  '//hygiene:ignore': [ONE, TWO, 'suppression-without-reason'],
  '//hygiene:ignored leak-one x': [ONE, TWO],
  '//hygiene:daemon': [ONE, TWO, 'daemon-without-reason'],
  '//hygiene:daemon no daemon rule is concerned': [ONE, TWO],
  '//lint:ignore leak-one reason': [`(${ONE}: lint reason)`, TWO],
  '//lint:ignore leak-one': [ONE, TWO, 'suppression-without-reason'],
  '//lint:ignore SA1012 reason': [ONE, TWO],
  '//lint:ignore SA1012': [ONE, TWO],
  '//nolint': [`(${ONE}: nolint )`, `(${TWO}: nolint )`],
  '//nolint // why': [`(${ONE}: nolint why)`, `(${TWO}: nolint why)`],
  '//nolint:all': [`(${ONE}: nolint )`, `(${TWO}: nolint )`],
  '//nolint:errcheck,all': [`(${ONE}: nolint )`, `(${TWO}: nolint )`],
  '//nolint:goroutine-hygiene // why': [`(${ONE}: nolint why)`, `(${TWO}: nolint why)`],
  '//nolint:leak-one': [`(${ONE}: nolint )`, TWO],
  '//nolint:leak-one // why': [`(${ONE}: nolint why)`, TWO],
  '//nolint:leak-one why it is fine': [`(${ONE}: nolint why it is fine)`, TWO],
  "//nolint:leak-one it's fine": [`(${ONE}: nolint it's fine)`, TWO],
  '//nolint:errcheck, leak-two // why': [ONE, `(${TWO}: nolint why)`],
  '//nolint: leak-one': [`(${ONE}: nolint )`, TWO],
  '//nolint:errcheck': [ONE, TWO],
  '//nolint:leak-one-and-more': [ONE, TWO],
  '//nolintlint': [ONE, TWO],
  '// hygiene:ignore leak-one is no directive': [ONE, TWO],
};

describe('suppressions', () => {
  for (const [comment, expected] of Object.entries(FORMS))
    it(comment, async () => assert.deepEqual(await trailing(comment), expected));

  it('says where the reason is missing', async () => {
    const { notices } = await analyseWith(RULES, 'package p\nfunc f() {\n\tleak() //hygiene:ignore leak-one\n}\n');
    assert.match(notices[0]?.message ?? '', /hygiene:ignore leak-one/);
    assert.deepEqual(notices[0]?.range?.start, { line: 2, character: 8 });
  });

  it('says in either language which rule was meant', async () => {
    const text = 'package p\nfunc f() {\n\tleak() //hygiene:ignore leek-one x\n}\n';
    for (const [locale, expected] of [
      ['en', /'leek-one', which does not exist\. Did you mean 'leak-one'\?$/],
      ['zh-cn', /“leek-one”不存在。您是否想写“leak-one”？$/],
    ] as const) {
      const { notices } = await analyseWith(RULES, text, { locale });
      assert.match(notices[0]?.message ?? '', expected);
    }
  });

  const only = [testRule('leak')];
  const one = async (text: string): Promise<string[]> => summary(await analyseWith(only, text));

  it('on a line of its own speaks for the next line of code', async () => {
    const text = 'package p\nfunc f() {\n\t//nolint:leak\n\t// more words\n\tleak()\n\tleak()\n}\n';
    assert.deepEqual(await one(text), ['(5 leak: nolint )', '6 leak']);
  });

  it('does not reach over a blank line', async () => {
    assert.deepEqual(await one('package p\nfunc f() {\n\t//nolint:leak\n\n\tleak()\n}\n'), ['5 leak']);
  });

  it('after code does not reach the next line', async () => {
    assert.deepEqual(await one('package p\nfunc f() {\n\tx() //nolint:leak\n\tleak()\n}\n'), ['4 leak']);
  });

  it('above a declaration speaks for all of it, with a doc comment between', async () => {
    const text =
      'package p\n\n//hygiene:ignore leak why\n// f leaks.\nfunc f() {\n\tleak()\n\n\tleak()\n}\n\nfunc g() { leak() }\n';
    assert.deepEqual(await one(text), ['(6 leak: hygiene why)', '(8 leak: hygiene why)', '11 leak']);
  });

  it('above a method, a variable and a group too', async () => {
    const text =
      'package p\n\n//nolint:leak\nfunc (T) f() {\n\tleak()\n}\n\n//nolint:leak\nvar v = func() {\n\tleak()\n}\n\n//nolint:leak\nvar (\n\tw = leak()\n)\n';
    assert.deepEqual(await one(text), ['(5 leak: nolint )', '(10 leak: nolint )', '(15 leak: nolint )']);
  });

  for (const comment of ['//nolint:leak', '//hygiene:ignore leak why', '//lint:ignore leak why'])
    it(`${comment} above package speaks for the file`, async () => {
      const found = await one(`${comment}\n\npackage p\nfunc f() {\n\tleak()\n}\nfunc g() { leak() }\n`);
      assert.deepEqual(
        found.map((f) => f.replace(/:.*/, '')),
        ['(5 leak', '(7 leak'],
      );
    });

  it('lint:file-ignore speaks for the file wherever it stands', async () => {
    const text = 'package p\nfunc f() {\n\tleak()\n}\n\n//lint:file-ignore leak why\n';
    assert.deepEqual(await one(text), ['(3 leak: lint why)']);
  });

  it('works with CRLF and a byte order mark', async () => {
    const text =
      '\uFEFFpackage p\r\nfunc f() {\r\n\t//hygiene:ignore leak why\r\n\tleak()\r\n\tleak() //nolint:leak\r\n}\r\n';
    assert.deepEqual(await one(text), ['(4 leak: hygiene why)', '(5 leak: nolint )']);
    assert.deepEqual(await one('\uFEFF//nolint:leak\r\npackage p\r\nfunc f() { leak() }\r\n'), ['(3 leak: nolint )']);
  });

  it('is no directive inside a string or a block comment', async () => {
    assert.deepEqual(await one('package p\nfunc f() {\n\tleak("//nolint:leak")\n\tleak() /* //nolint:leak */\n}\n'), [
      '3 leak',
      '4 leak',
    ]);
  });

  describe('hygiene:daemon', () => {
    const endless = testRule('endless', { daemon: true, triggers: ['loop'] }, (context) => {
      walk(context.unit.decl, (node) => {
        if (node.kind === 'ForStmt')
          walk(context.unit.decl, (go) => {
            if (go.kind === 'GoStmt')
              context.report({ node, message: 'found', args: { name: '' }, steps: [{ node: go, message: 'step' }] });
          });
      });
    });
    const found = async (text: string): Promise<string[]> =>
      summary(await analyseWith([endless, testRule('leak')], text));

    it('silences what a go statement starts, though the finding is elsewhere', async () => {
      assert.deepEqual(await found('package p\nfunc f() {\n\tgo loop() //hygiene:daemon for ever\n\tfor {}\n}\n'), [
        '(4 endless: hygiene for ever)',
      ]);
      assert.deepEqual(await found('package p\nfunc f() {\n\t//hygiene:daemon for ever\n\tgo loop()\n\tfor {}\n}\n'), [
        '(5 endless: hygiene for ever)',
      ]);
    });

    it('silences nothing else', async () => {
      assert.deepEqual(
        await found('package p\nfunc f() {\n\tgo loop()\n\tfor {}\n\tleak() //hygiene:daemon for ever\n}\n'),
        ['4 endless', '5 leak'],
      );
    });

    it('is not asked for by an ignore of the line of the go statement', async () => {
      assert.deepEqual(await found('package p\nfunc f() {\n\tgo loop() //hygiene:ignore endless x\n\tfor {}\n}\n'), [
        '4 endless',
      ]);
    });
  });
});
