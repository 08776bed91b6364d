/** Functions that the config names: which of their calls are seen, and that nothing is looked at for them without need. */
import assert from 'node:assert/strict';
import type { EngineSettings } from '../../src/engine/api.ts';
import type { OwnResource } from '../../src/golang/own-names.ts';
import { RULES } from '../../src/rules/registry.ts';
import { engineWith, SETTINGS, summary } from './support.ts';

const GET: OwnResource = { acquire: 'example.com/pool.(*Pool).Get', release: ['Close'] };
const OPEN: OwnResource = { acquire: 'example.com/pool/v2.Open', release: ['example.com/pool/v2.Release'] };

const withResources = (...resources: OwnResource[]): EngineSettings => ({ ...SETTINGS, resources });

/** What is said of a file, and how many declarations were parsed for it. */
async function said(source: string, settings: EngineSettings, importPath = 'example.com/app') {
  const engine = await engineWith();
  const files = [{ path: '/app/a.go', text: `package app\n${source}\n` }];
  const findings = summary(engine.analyze({ files, importPath }, settings)[0]);
  return { findings, parsed: engine.statistics.declarationsParsed };
}

const get = (param: string, call: string, imported = 'import "example.com/pool"'): string =>
  `${imported}\nfunc f(${param}) error {\n\tc, err := ${call}\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn c.Use()\n}`;

const SEEN: Record<string, [source: string, expected: string[]]> = {
  'a method of a parameter': [get('p *pool.Pool', 'p.Get()'), ['4 resource-not-closed']],
  'a method of a value that is no pointer': [get('p pool.Pool', 'p.Get()'), ['4 resource-not-closed']],
  'a package under another name': [
    get('p *other.Pool', 'p.Get()', 'import other "example.com/pool"'),
    ['4 resource-not-closed'],
  ],
  'a method of an instantiated type': [get('p *pool.Pool[int]', 'p.Get()'), ['4 resource-not-closed']],
  'a call with type arguments': [
    get('', 'pool.Open[int](1)', 'import "example.com/pool/v2"'),
    ['4 resource-not-closed'],
  ],
  'a method of a field': ['type s struct{ p *pool.Pool }\n' + get('x s', 'x.p.Get()'), ['5 resource-not-closed']],
  'a package variable': ['var p *pool.Pool\n' + get('', 'p.Get()'), ['5 resource-not-closed']],
  'a variable made by a function of the package': [
    'func made() *pool.Pool { return nil }\n' + get('', 'made().Get()'),
    ['5 resource-not-closed'],
  ],
  'a local variable of that type': [
    'import "example.com/pool"\nfunc f() {\n\tvar p pool.Pool\n\tc, _ := p.Get()\n\tc.Ping()\n}',
    ['5 resource-not-closed'],
  ],
  'a variable of which nothing is known': [get('', 'pool.New().Get()'), []],
  'a type of another package': [
    get('p *other.Pool', 'p.Get()', 'import (\n"example.com/pool"; "example.com/other")'),
    [],
  ],
  'names without their package': [get('', 'Open()', 'import . "example.com/pool/v2"'), []],
  'a variable that hides the package': [
    get('pool interface{ Open() (conn, error) }', 'pool.Open()', 'import "example.com/pool/v2"'),
    [],
  ],
};

describe('resources of the config', () => {
  for (const [name, [source, expected]] of Object.entries(SEEN))
    it(name, async () => {
      const header = source.startsWith('import') ? source : source.replace(/^(.*\n)(import .*\n)/, '$2$1');
      assert.deepEqual((await said(header, withResources(GET, OPEN))).findings, expected);
    });

  it('are nobody’s in the package that makes them', async () => {
    const source = 'type Pool struct{}\n' + get('p *Pool', 'p.Get()', '');
    assert.deepEqual((await said(source, withResources(GET), 'example.com/pool')).findings, []);
  });

  it('cost nothing where they are not configured, not imported, or the rule is off', async () => {
    const use = (param: string, imported: string): string =>
      `import "${imported}"\nfunc f(p ${param}) {\n\tc := p.Get()\n\tc.Use()\n}`;
    const source = use('*pool.Pool', 'example.com/pool');
    const off: EngineSettings = { ...withResources(GET), levels: { 'resource-not-closed': 'off' } };
    const engine = await engineWith();
    assert.equal(engine.mayMatter(source, SETTINGS), false);
    assert.equal(engine.mayMatter(source, off), false);
    assert.equal(engine.mayMatter(source, withResources(GET)), true);
    assert.equal(engine.mayMatter(source, withResources(OPEN)), false);
    for (const settings of [SETTINGS, off, withResources(OPEN)])
      assert.deepEqual(await said(source, settings), { findings: [], parsed: 0 });
    const elsewhere = use('*sync.Pool', 'sync');
    assert.deepEqual(await said(elsewhere, withResources(GET)), { findings: [], parsed: 0 });
  });

  it('are looked at anew when the config changes', async () => {
    const files = [{ path: '/app/a.go', text: `package app\n${get('p *pool.Pool', 'p.Get()')}\n` }];
    const engine = await engineWith(RULES, { incremental: true });
    const findings = (settings: EngineSettings) =>
      summary(engine.analyze({ files, importPath: 'example.com/app' }, settings)[0]);
    for (const [settings, expected] of [
      [SETTINGS, []],
      [withResources(GET), ['4 resource-not-closed']],
      [withResources({ ...GET, release: ['Use'] }), []],
      [withResources(GET), ['4 resource-not-closed']],
      [SETTINGS, []],
    ] as const)
      assert.deepEqual(findings(settings), expected);
  });

  it('go before what the table of known functions says', async () => {
    const own: OwnResource = { acquire: 'os.Open', release: ['Sync'], what: 'special file' };
    const source =
      'import "os"\nfunc f() {\n\tx, err := os.Open("a")\n\tif err != nil {\n\t\treturn\n\t}\n\tx.Close()\n}';
    assert.deepEqual((await said(source, SETTINGS)).findings, []);
    assert.deepEqual((await said(source, withResources(own))).findings, ['4 resource-not-closed']);
  });
});
