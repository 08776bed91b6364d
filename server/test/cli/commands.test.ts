import assert from 'node:assert/strict';
import { run } from './fake-host.ts';

describe('command line', () => {
  it('explains a rule and suggests the nearest name', async () => {
    const { code, out } = await run({}, ['explain', 'lost-cancel']);
    assert.equal(code, 0);
    assert.match(out, /^# lost-cancel\n\nCancel is lost\n/);
    assert.match(out, /Because it leaks\.[^]*```go\nfunc f/);
    assert.match((await run({}, ['explain', 'lost-cancel', '--locale', 'zh-cn'])).out, /中文/);
    const unknown = await run({}, ['explain', 'lost-cancle']);
    assert.deepEqual(
      [unknown.code, unknown.err],
      [2, 'error: unknown rule "lost-cancle". Did you mean "lost-cancel"?\n'],
    );
    assert.match((await run({}, ['explain', 'banana'])).err, /Run "goroutine-hygiene rules"/);
  });

  it('lists rules', async () => {
    assert.match(
      (await run({}, ['rules'])).out,
      /^context\n {2}context-in-struct {2}Cancel is lost \(off\)\n {2}lost-cancel/,
    );
    const list = JSON.parse((await run({}, ['rules', '--json'])).out);
    const { why, fix, silent, bad, good, ...facts } = list[1];
    assert.deepEqual(facts, {
      id: 'lost-cancel',
      group: 'context',
      level: 'warning',
      from: [],
      inTests: null,
      fixes: ['plug'],
      overlaps: ['go vet lostcancel'],
      daemon: false,
      summary: 'Cancel is lost',
    });
    assert.match(why, /Because it leaks\./);
    for (const text of [fix, silent, bad, good]) assert.ok(text);
  });

  it('prints the config of a path', async () => {
    const files = { '/r/goroutine-hygiene.jsonc': '{"rules": {"lost-cancel": "error"}}', '/r/s/a.go': '' };
    const config = JSON.parse((await run(files, ['config', '--print', 's/a.go'])).out);
    assert.equal(config.file, '/r/goroutine-hygiene.jsonc');
    assert.deepEqual(config.rules, { 'lost-cancel': 'error', 'context-in-struct': 'off' });
    assert.equal(JSON.parse((await run({}, ['config'])).out).file, null);
    assert.equal((await run({}, ['config', 'nowhere'])).code, 2);
    const broken = await run({ '/r/goroutine-hygiene.jsonc': '{' }, ['config']);
    assert.equal(broken.code, 2);
    assert.match(broken.err, /goroutine-hygiene\.jsonc:1:2: Not valid JSON/);
  });

  it('starts the server over stdio only', async () => {
    assert.equal((await run({}, ['server', '--stdio'])).out, 'server runs');
    assert.equal((await run({}, ['server'])).code, 2);
  });

  it('exits with 2 on wrong usage and says what is wrong', async () => {
    for (const [args, message] of [
      [['scna'], /unknown command 'scna'[^]*Did you mean scan/],
      [['scan', '--formt', 'json'], /unknown option '--formt'[^]*--format/],
      [['scan', '--format', 'xml'], /Allowed choices are text, json, sarif/],
      [['scan', '--jobs', '0'], /whole number from 1/],
      [['explain'], /missing required argument 'rule'/],
    ] as const) {
      const { code, out, err } = await run({}, [...args]);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(err, message);
    }
    const bare = await run({}, []);
    assert.equal(bare.code, 2);
    assert.match(bare.err, /Usage: goroutine-hygiene/);
  });

  it('has help worth reading', async () => {
    const general = await run({}, ['--help']);
    assert.equal(general.code, 0);
    assert.match(general.out, /Commands:[^]*scan[^]*explain[^]*Examples:/);
    const { out } = await run({}, ['scan', '--help']);
    for (const word of ['--fail-on', '--output', 'Exit codes:', 'Examples:', './...'])
      assert.ok(out.includes(word), word);
    assert.match((await run({}, ['--version'])).out, /^\d+\.\d+\.\d+\n$/);
  });
});
