import assert from 'node:assert/strict';
import type { EngineSettings, PackageInput } from '../../src/engine/api.ts';
import { walk } from '../../src/golang/walk.ts';
import type { RuleContext } from '../../src/rules/context.ts';
import type { Severity } from '../../src/engine/finding.ts';
import type { Rule, RuleMeta } from '../../src/rules/rule.ts';
import { analyseWith, engineWith, SETTINGS, summary, testRule } from './support.ts';

const LOST = `package p

import "context"

func f(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	cancel()
	return nil
}
`;
const LOST_LINE = '6 lost-cancel';

/** Findings by file with the product's rules. */
async function analyse(
  input: Partial<PackageInput> & { texts: Record<string, string> },
): Promise<Record<string, string[]>> {
  const engine = await engineWith();
  const files = Object.entries(input.texts).map(([path, text]) => ({ path, text }));
  const results = engine.analyze({ goVersion: '1.22', ...input, files }, SETTINGS);
  return Object.fromEntries(results.map((r) => [r.path, summary(r)]));
}

describe('engine: levels', () => {
  const text = 'package p\nfunc f() { leak() }\n';
  const level = async (
    rule: Rule,
    settings: Partial<EngineSettings> = {},
    version?: string,
    source = text,
  ): Promise<string> => {
    const { findings } = await analyseWith([rule], source, settings, version);
    return findings.map((f) => f.severity).join() || 'off';
  };
  const gated = testRule('r', {
    level: 'warning',
    from: [
      { version: '1.22', level: 'hint' },
      { version: '1.23', level: 'off' },
    ],
  });

  it('below what is wanted keep a rule from running', async () => {
    const ran: string[] = [];
    const rule = (id: string, meta: Partial<RuleMeta>): Rule => ({
      ...testRule(id, meta),
      check: () => void ran.push(id),
    });
    const rules = [
      rule('mild', { level: 'hint' }),
      rule('grave', { level: 'warning' }),
      rule('raised', { level: 'hint' }),
      rule('lowered', { level: 'warning' }),
      rule('gated', { from: [{ version: '1.22', level: 'hint' }] }),
    ];
    const levels = { raised: 'error', lowered: 'hint' } as const;
    await analyseWith(rules, text, { least: 'information', levels }, '1.22');
    assert.deepEqual(ran.splice(0), ['grave', 'raised']);
    await analyseWith(rules, text, { least: 'information', levels }, '1.21');
    assert.deepEqual(ran.splice(0), ['grave', 'raised', 'gated']);
    await analyseWith(rules, text, { levels }, '1.22');
    assert.equal(ran.length, rules.length);
    const engine = await engineWith([rules[0] as Rule]);
    assert.equal(engine.mayMatter(text, SETTINGS), true);
    assert.equal(engine.mayMatter(text, { ...SETTINGS, least: 'information' }), false);
  });

  it('are those of the rule, else those of the user', async () => {
    assert.equal(await level(testRule('r', { level: 'error' })), 'error');
    assert.equal(await level(testRule('r', { level: 'off' })), 'off');
    assert.equal(await level(testRule('r'), { levels: { r: 'hint' } }), 'hint');
    assert.equal(await level(testRule('r'), { levels: { r: 'off' } }), 'off');
    assert.equal(await level(testRule('r', { level: 'off' }), { levels: { r: 'information' } }), 'information');
    assert.equal(await level(testRule('r'), { levels: { other: 'off' } }), 'warning');
  });

  it('have a milder default in tests where the rule says so', async () => {
    const engine = await engineWith([testRule('r', { level: 'error', inTests: 'hint' })]);
    const files = ['a.go', 'a_test.go'].map((path) => ({ path, text }));
    const levels = (settings: EngineSettings): (string | undefined)[] =>
      engine.analyze({ files }, settings).map((r) => r.findings[0]?.severity);
    assert.deepEqual(levels(SETTINGS), ['error', 'hint']);
    assert.deepEqual(levels({ ...SETTINGS, levels: { r: 'warning' } }), ['warning', 'warning']);
  });

  it('do not bring a rule into tests that has nothing to say there', async () => {
    const engine = await engineWith([testRule('r', { skipsTests: true })]);
    const files = ['a.go', 'a_test.go'].map((path) => ({ path, text }));
    const found = engine.analyze({ files }, { ...SETTINGS, levels: { r: 'error' } }).map((r) => r.findings.length);
    assert.deepEqual(found, [1, 0]);
  });

  it('are milder for a finding that its rule lowers, unless the user has set one', async () => {
    const reporting = (own: Severity, meta: Partial<RuleMeta> = {}): Rule => ({
      ...testRule('r', meta),
      check: (context) => context.report({ node: context.unit.decl, message: 'found', level: own }),
    });
    assert.equal(await level(reporting('hint')), 'hint');
    assert.equal(await level(reporting('error')), 'warning');
    assert.equal(await level(reporting('information', { level: 'hint' })), 'hint');
    assert.equal(await level(reporting('hint'), { levels: { r: 'warning' } }), 'warning');
    assert.equal(await level(reporting('hint'), { levels: { r: 'error' } }), 'error');
    assert.equal(await level(reporting('hint'), { levels: { r: 'off' } }), 'off');
  });

  it('follow the language version; an unknown one is the newest', async () => {
    assert.equal(await level(gated, {}, '1.9'), 'warning');
    assert.equal(await level(gated, {}, '1.21.5'), 'warning');
    assert.equal(await level(gated, {}, '1.22'), 'hint');
    assert.equal(await level(gated, {}, '1.22.3'), 'hint');
    assert.equal(await level(gated, {}, '1.23rc1'), 'off');
    assert.equal(await level(gated, {}, '2.0'), 'off');
    assert.equal(await level(gated), 'off');
  });

  it('set by the user do not bring back what the version makes pointless', async () => {
    assert.equal(await level(gated, { levels: { r: 'error' } }, '1.23'), 'off');
    assert.equal(await level(gated, { levels: { r: 'error' } }, '1.22'), 'error');
  });

  it('follow the //go:build line of the file before go.mod', async () => {
    assert.equal(await level(gated, {}, '1.23', `//go:build go1.21\n\n${text}`), 'warning');
    assert.equal(await level(gated, {}, '1.21', `//go:build linux && go1.23\n\n${text}`), 'off');
    assert.equal(await level(gated, {}, '1.22', `//go:build linux\n\n${text}`), 'hint');
  });

  it('leave a rule to a tool it overlaps with, unless the user has set it', async () => {
    const rule = testRule('r', { overlaps: ['go vet lostcancel', 'staticcheck SA1012'] });
    assert.equal(await level(rule, { leaveTo: ['go vet'] }), 'off');
    assert.equal(await level(rule, { leaveTo: ['staticcheck'] }), 'off');
    assert.equal(await level(rule, { leaveTo: ['go'] }), 'off');
    assert.equal(await level(rule, { leaveTo: ['golint', 'static'] }), 'warning');
    assert.equal(await level(rule, { leaveTo: ['go vet'], levels: { r: 'error' } }), 'error');
  });
});

describe('engine: files', () => {
  it('reports generated files only when told', async () => {
    const text = '// Code generated by x. DO NOT EDIT.\n\npackage p\nfunc f() { leak() }\n';
    assert.deepEqual(summary(await analyseWith([testRule('r')], text)), []);
    assert.deepEqual(summary(await analyseWith([testRule('r')], text, { includeGenerated: true })), ['4 r']);
  });

  const IMPORT = 'import "net/http"\n\n';
  const CLOSES = '{ r.Body.Close() }\n';
  const USES = '{ println(r.StatusCode) }\n';
  const caller = (call: string): string =>
    `func caller() {\n\tr, err := http.Get("x")\n\tif err != nil {\n\t\treturn\n\t}\n\t${call}\n}\n`;

  it('reports targets only, but sees the other files', async () => {
    const texts = (body: string): Record<string, string> => ({
      'a.go': `package p\n\n${IMPORT}func done(r *http.Response) ${body}`,
      'b.go': `package p\n\n${IMPORT}${caller('done(r)')}`,
      'c.go': LOST,
    });
    assert.deepEqual(await analyse({ texts: texts(CLOSES), targets: ['b.go'] }), { 'b.go': [] });
    assert.deepEqual(await analyse({ texts: texts(USES), targets: ['b.go'] }), {
      'b.go': ['6 response-body-not-closed'],
    });
    assert.deepEqual(await analyse({ texts: { 'a.go': LOST }, targets: ['nowhere.go'] }), {});
  });

  it('tells external test packages and generators from the package itself', async () => {
    const method = (body: string): string => `type T struct{}\n\nfunc (t *T) done(r *http.Response) ${body}\n`;
    const call = caller('(&T{}).done(r)');
    const texts: Record<string, string> = {
      'a.go': `package p\n\n${IMPORT}${call}${method(USES)}`,
      'gen.go': `//go:build ignore\n\npackage main\n\n${IMPORT}${call}${method(CLOSES)}`,
      'x_test.go': `package p_test\n\n${IMPORT}${call}${method(CLOSES)}`,
    };
    for (const order of [
      ['a.go', 'gen.go', 'x_test.go'],
      ['x_test.go', 'gen.go', 'a.go'],
      ['gen.go', 'a.go', 'x_test.go'],
    ])
      for (const importPath of ['m/p', undefined]) {
        const found = await analyse({ texts: Object.fromEntries(order.map((n) => [n, texts[n]!])), importPath });
        assert.deepEqual(
          found,
          { 'a.go': ['6 response-body-not-closed'], 'gen.go': [], 'x_test.go': [] },
          order.join(),
        );
      }
  });

  it('sees an external test import its package', async () => {
    const texts = {
      'p.go': `package p\n\n${IMPORT}func Look(r *http.Response) ${USES}`,
      'p_test.go': `package p_test\n\nimport "m/p"\n${IMPORT}${caller('p.Look(r)')}`,
    };
    assert.deepEqual((await analyse({ texts, importPath: 'm/p' }))['p_test.go'], ['7 response-body-not-closed']);
    assert.deepEqual((await analyse({ texts }))['p_test.go'], [], 'an unknown package may keep what it gets');
  });

  for (const [title, text] of Object.entries({
    'an empty file': '',
    'white space': '\n\n  \n',
    'a byte order mark alone': '\uFEFF',
    'no package clause': LOST.replace('package p\n', ''),
    'only a package clause': 'package p',
    'half a package clause': 'package',
    'no line break at the end': LOST.trimEnd(),
    'NUL bytes': LOST.replace('return nil', 'return\0nil'),
    'an unclosed string': LOST.replace('return nil', 'return "nil'),
    'an unclosed comment': `${LOST}/* for ever`,
    'lone surrogates': LOST.replace('return nil', 'println("\uD800"); return nil'),
  }))
    it(`takes ${title}`, async () => {
      const result = await analyse({ texts: { 'a.go': text, 'b.go': LOST.replace('func f', 'func other') } });
      assert.deepEqual(result['b.go'], [LOST_LINE]);
    });

  it('keeps quiet in a declaration that does not parse, and only there', async () => {
    const broken = `${LOST}\nfunc broken() {\n\tx := := 3\n\t_, cancel := context.WithCancel(context.Background())\n}\n`;
    const more = `${broken}\n${LOST.slice(LOST.indexOf('func')).replace('func f', 'func last')}`;
    assert.deepEqual(await analyse({ texts: { 'a.go': more } }), {
      'a.go': [LOST_LINE, '20 lost-cancel', 'not-parsed'],
    });
  });

  it('reports declarations of the same name and of the same text each for itself', async () => {
    const func = LOST.slice(LOST.indexOf('func'));
    assert.deepEqual(await analyse({ texts: { 'a.go': `${LOST}\n${func}`, 'b.go': LOST } }), {
      'a.go': [LOST_LINE, '15 lost-cancel'],
      'b.go': [LOST_LINE],
    });
  });

  it('stays silent where a dot import hides what is called', async () => {
    const text =
      'package p\n\nimport . "context"\n\nfunc f() {\n\t_, cancel := WithCancel(Background())\n\t_ = cancel\n}\n';
    assert.deepEqual(await analyse({ texts: { 'a.go': text } }), { 'a.go': [] });
  });

  it('finds the same with CRLF and a byte order mark, offsets shifted', async () => {
    const engine = await engineWith();
    const run = (text: string) => engine.analyze({ files: [{ path: 'a.go', text }], goVersion: '1.22' }, SETTINGS)[0]!;
    const [plain] = run(LOST).findings;
    const [crlf] = run(LOST.replaceAll('\n', '\r\n')).findings;
    const [marked] = run(`\uFEFF${LOST}`).findings;
    assert.ok(plain && crlf && marked);
    assert.deepEqual(crlf.range, plain.range);
    assert.equal(crlf.start, plain.start + plain.range.start.line);
    assert.deepEqual(
      crlf.steps.map((s) => [s.range.start, s.message]),
      plain.steps.map((s) => [s.range.start, s.message]),
    );
    assert.deepEqual([marked.start, marked.range], [plain.start + 1, plain.range]);
  });

  it('counts columns in UTF-16 units', async () => {
    const { findings } = await analyseWith([testRule('r')], 'package p\nfunc f() { g("𝒳é"); leak() }\n');
    assert.deepEqual(findings[0]?.range.start, { line: 1, character: 21 });
  });
});

describe('engine: rules that fail', () => {
  const text = 'package p\nfunc f() { leak() }\nfunc g() { leak() }\n';
  const failing = (after: number): Rule =>
    testRule('fails', {}, (context) => {
      walk(context.unit.decl, (node) => {
        if (node.kind === 'CallExpr') context.report({ node, message: 'found', args: { name: '' } });
      });
      if (context.line({ node: context.unit.decl }) >= after) throw new Error('no luck');
    });

  it('cost their own findings in that declaration and nothing else', async () => {
    assert.deepEqual(summary(await analyseWith([failing(3), testRule('works')], text)), [
      '2 fails',
      '2 works',
      '3 works',
      'rule-failed',
    ]);
    assert.deepEqual(summary(await analyseWith([failing(1), testRule('works')], text)), [
      '2 works',
      '3 works',
      'rule-failed',
      'rule-failed',
    ]);
  });

  it('are named in the notice', async () => {
    const { notices } = await analyseWith([failing(3)], text);
    assert.match(notices[0]?.message ?? '', /fails.* g: .*no luck/);
  });

  it('fail for an unknown message too', async () => {
    const rule = testRule('r', {}, (context) => context.report({ node: context.unit.decl, message: 'no such text' }));
    assert.deepEqual(summary(await analyseWith([rule, testRule('works')], text)), [
      '2 works',
      '3 works',
      'rule-failed',
      'rule-failed',
    ]);
  });

  it('may report again what a failed run had reported', async () => {
    // Reports the call in g from both declarations, and fails in f.
    let place: { start: number; end: number } | undefined;
    const rule = testRule('r', {}, (context) => {
      const member = context.unit.pkg.member('g');
      const unit = member && context.unit.pkg.unit(member);
      assert.ok(unit);
      place ??= { start: 0, end: 8 };
      context.report({ unit, node: place, message: 'found', args: { name: '' } });
      if (context.unit !== unit) throw new Error('not here');
    });
    assert.deepEqual(summary(await analyseWith([rule], text)), ['3 r', 'rule-failed']);
  });

  it('leave types known for other rules', async () => {
    const text = 'package p\ntype T struct{ a int }\nfunc f() { x := T{}.a; leak(x) }\n';
    const argument = (context: RuleContext): string => {
      let kind = '';
      walk(context.unit.decl, (n) => {
        if (n.kind === 'CallExpr') kind = context.analysis.typeOf(context.unit, n.args[0]!).kind;
      });
      return kind;
    };
    const crashes = testRule('a', {}, (context) => {
      const { members } = context.analysis.types;
      const { selector } = members;
      members.selector = () => {
        throw new Error('in the middle of an inference');
      };
      try {
        argument(context);
      } finally {
        members.selector = selector;
      }
    });
    const asks = testRule('b', {}, (context) => {
      context.report({ node: context.unit.decl, message: 'found', args: { name: argument(context) } });
    });
    const { findings, notices } = await analyseWith([crashes, asks], text);
    assert.deepEqual([findings.map((f) => f.message), notices.length], [['b found basic'], 1]);
  });
});

describe('engine: rules that report the same place', () => {
  const shy = testRule('shy', { yieldsTo: ['telling'] });
  const found = async (telling: Partial<RuleMeta>, text = 'package p\nfunc f() { leak() }\n'): Promise<string[]> =>
    (await analyseWith([shy, testRule('telling', telling)], text)).findings.map((f) => f.rule);

  it('leave it to the one that says more', async () => assert.deepEqual(await found({}), ['telling']));

  it('do not where that one is milder, or found nothing there', async () => {
    assert.deepEqual(await found({ level: 'hint' }), ['shy', 'telling']);
    assert.deepEqual(await found({ triggers: ['other'] }), ['shy']);
  });

  it('leave it to that one where a comment silences it, too', async () => {
    const text = 'package p\nfunc f() {\n\tleak() //hygiene:ignore telling -- known\n}\n';
    assert.deepEqual(await found({}, text), ['telling']);
  });
});

describe('engine: reports', () => {
  it('are one for equal places of a rule, in the order of the text', async () => {
    const twice = testRule('b', {}, (context) => {
      const calls: { start: number; end: number }[] = [];
      walk(context.unit.decl, (n) => void (n.kind === 'CallExpr' && calls.push(n)));
      for (const node of [...calls.reverse(), ...calls]) context.report({ node, message: 'found', args: { name: '' } });
    });
    assert.deepEqual(
      summary(await analyseWith([twice, testRule('a')], 'package p\nfunc f() {\n\tleak()\n\tleak()\n}\n')),
      ['3 a', '3 b', '4 a', '4 b'],
    );
  });

  it('about another file are left to the run of that file', async () => {
    const rule = testRule('r', {}, (context) => {
      const member = context.unit.pkg.member('g');
      const unit = member && context.unit.pkg.unit(member);
      if (unit) context.report({ unit, node: unit.decl, message: 'found', args: { name: '' } });
    });
    const engine = await engineWith([rule]);
    const results = engine.analyze(
      {
        files: [
          { path: 'a.go', text: 'package p\nfunc f() { leak() }' },
          { path: 'b.go', text: 'package p\nfunc g() { leak() }' },
        ],
      },
      SETTINGS,
    );
    assert.deepEqual(results.map(summary), [[], ['2 r']]);
  });

  it('come in the order of the paths', async () => {
    const engine = await engineWith([testRule('r')]);
    const files = ['c.go', 'a.go', 'b.go'].map((path) => ({ path, text: 'package p' }));
    assert.deepEqual(
      engine.analyze({ files }, SETTINGS).map((r) => r.path),
      ['a.go', 'b.go', 'c.go'],
    );
    assert.deepEqual(engine.analyze({ files: [] }, SETTINGS), []);
  });

  it('are made for declarations with a trigger word only', async () => {
    const seen: string[] = [];
    const rule = testRule(
      'r',
      { triggers: ['leak'] },
      (context) => void seen.push(context.unit.declaration.names[0] ?? ''),
    );
    await analyseWith([rule], 'package p\nfunc f() { leak() }\nfunc g() { x() }\nvar leaking = 1\n');
    assert.deepEqual(seen, ['f', 'leaking']);
  });

  it('are not made, nor is anything parsed, where the check needs more than the trigger word', async () => {
    const seen: string[] = [];
    const whole: string[] = [];
    const name = (context: RuleContext): string => context.unit.declaration.names[0] ?? '';
    const rule: Rule = {
      ...testRule(
        'r',
        { triggers: ['leak'], checkTriggers: [['go ', 'x']] },
        (context) => void seen.push(name(context)),
      ),
      checkFile: (context) => void whole.push(name(context)),
    };
    const engine = await engineWith([rule]);
    const text = 'package p\nfunc f() { leak(x) }\nfunc g() { go leak(x) }\nfunc h() { go leak() }\n';
    engine.analyze({ files: [{ path: 'a.go', text }] }, SETTINGS);
    assert.deepEqual(seen, ['g']);
    // What shows in the file as a whole is asked for with the first that matches.
    assert.deepEqual(whole, ['f']);
    assert.equal(engine.statistics.declarationsParsed, 1);
  });
});

describe('engine: text that is not valid Go', () => {
  const notices = async (text: string): Promise<string[]> =>
    (await analyseWith([testRule('r')], text)).notices.map(
      (n) => `${n.code} ${n.severity} ${n.range?.start.line ?? '-'}`,
    );

  it('is told, whether or not a rule looks at it', async () => {
    const engine = await engineWith();
    assert.equal(engine.mayMatter('package p\nfunc f() {\n', SETTINGS), true);
    assert.equal(engine.mayMatter('package p\nfunc f() {}\n', SETTINGS), false);
    assert.deepEqual(await notices('package p\nfunc f() {\n'), ['unbalanced information -']);
  });

  it('costs the declaration in which it stands', async () => {
    assert.deepEqual(await notices('package p\n\nfunc f() { leak() + }\nfunc g() { leak() }\n'), [
      'not-parsed information 2',
    ]);
  });
});
