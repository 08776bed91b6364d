import assert from 'node:assert/strict';
import { ConfigError, Configs, DEFAULT_CONFIG } from '../../src/workspace/config.ts';
import { configJsonSchema, parseConfig } from '../../src/workspace/config-schema.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const RULES = [{ id: 'lost-cancel', summary: 'cancel' }, { id: 'missing-unlock' }];

function problems(text: string): string[] {
  const result = parseConfig(text, RULES);
  return 'problems' in result ? result.problems.map((p) => `${p.line}:${p.column} ${p.message.en}`) : [];
}

describe('config file', () => {
  it('takes comments, trailing commas and every setting', () => {
    const text = `{
      // comment
      "$schema": "x.json",
      "rules": {"lost-cancel": "error", "missing-unlock": "off",},
      "exclude": ["gen/**"], "includeGenerated": true, "tests": false, "testdata": true,
      "leaveTo": ["go vet"], "locale": "zh-cn",
    }`;
    assert.deepEqual(problems(text), []);
  });

  it('takes an empty file', () => assert.deepEqual(problems(''), []));

  it('places every problem and suggests the nearest name', () => {
    assert.deepEqual(problems('{\n  "rules": {\n    "lost-cancle": "error"\n  }\n}'), [
      '3:5 Unknown rule "lost-cancle". Did you mean "lost-cancel"?',
    ]);
    assert.deepEqual(problems('{"excludes": []}'), ['1:2 Unknown setting "excludes". Did you mean "exclude"?']);
    assert.deepEqual(problems('{"zzz": 1}'), ['1:2 Unknown setting "zzz".']);
    assert.deepEqual(problems('{"rules": {"lost-cancel": "loud"}}'), [
      '1:27 "rules.lost-cancel" must be one of "error", "warning", "information", "hint", "off".',
    ]);
    assert.deepEqual(problems('{"tests": "no",\n "exclude": [1]}'), [
      '2:14 "exclude.0" must be of type string, not number.',
      '1:11 "tests" must be of type boolean, not string.',
    ]);
    assert.deepEqual(problems('[]'), ['1:1 The configuration must be of type object, not array.']);
    assert.equal(problems('{"rules": }').length, 1);
    assert.match(problems('{\n "rules": {')[0]!, /^2:12 Not valid JSON: /);
    assert.deepEqual(problems('{"__proto__": {}}'), ['1:2 Unknown setting "__proto__".']);
  });

  it('has a JSON schema that names the rules', () => {
    const schema = JSON.stringify(configJsonSchema(RULES));
    for (const word of ['lost-cancel', 'missing-unlock', 'leaveTo', 'zh-cn']) assert.ok(schema.includes(word), word);
  });
});

describe('config lookup', () => {
  it('takes the nearest file up to the repository root', async () => {
    const fs = new MemoryFileSystem({
      '/goroutine-hygiene.jsonc': '{"tests": false}',
      '/repo/.git/': '',
      '/repo/a/goroutine-hygiene.jsonc': '{"rules": {"lost-cancel": "hint"}}',
      '/repo/a/b/': '',
      '/repo/c/': '',
      '/loose/d/': '',
    });
    const configs = new Configs(fs, RULES);
    assert.deepEqual((await configs.forDirectory('/repo/a/b')).levels, { 'lost-cancel': 'hint' });
    assert.equal((await configs.forDirectory('/repo/a/b')).path, '/repo/a/goroutine-hygiene.jsonc');
    assert.equal(await configs.forDirectory('/repo/c'), DEFAULT_CONFIG);
    assert.equal((await configs.forDirectory('/loose/d')).tests, false);
  });

  it('rejects a broken file with path, line and column', async () => {
    const path = '/r/goroutine-hygiene.jsonc';
    const broken = new Configs(new MemoryFileSystem({ [path]: '{"tests": 1}', '/r/s/': '' }), RULES);
    await assert.rejects(broken.forDirectory('/r/s'), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.message, `${path}:1:11: "tests" must be of type boolean, not number.`);
      return true;
    });
    const binary = new Configs(new MemoryFileSystem({ [path]: new Uint8Array([0xff, 0xfe]) }), RULES);
    await assert.rejects(binary.forDirectory('/r'), /not valid UTF-8/);
    const directory = new Configs(new MemoryFileSystem({ [`${path}/`]: '' }), RULES);
    await assert.rejects(directory.forDirectory('/r'), ConfigError);
  });
});
