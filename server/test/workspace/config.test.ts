import assert from 'node:assert/strict';
import { ConfigError, Configs, DEFAULT_CONFIG } from '../../src/workspace/config.ts';
import { configJsonSchema, parseConfig } from '../../src/workspace/config-schema.ts';
import { MemoryFileSystem } from './memory-file-system.ts';

const RULES = [{ id: 'lost-cancel', summary: 'cancel' }, { id: 'missing-unlock' }];

function problems(text: string): string[] {
  const result = parseConfig(text, RULES);
  return result.problems.map((p) => `${p.line}:${p.column} ${p.message.en}`);
}

describe('config file', () => {
  it('takes comments, trailing commas and every setting', () => {
    const text = `{
      // comment
      "$schema": "x.json",
      "rules": {"lost-cancel": "error", "missing-unlock": "off",},
      "exclude": ["gen/**"], "includeGenerated": true, "tests": false, "testdata": true,
      "leaveTo": ["go vet"], "locale": "zh-cn",
      "resources": [
        {"acquire": "example.com/pool.Open", "release": ["Close", "()"], "result": 1, "field": "Body", "what": "a b", "message": "c"},
        {"acquire": "gopkg.in/pool.v3.(*Pool).Get", "release": ["gopkg.in/pool.v3.(*Pool).Put", "pool.Put"]},
        {"acquire": "pool.Pool.Get", "release": ["X"],},
      ],
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

describe('resources of a config', () => {
  const GOOD = '{"acquire": "example.com/pool.Open", "release": ["Close"]}';

  /** What is wrong with an entry, and that nothing else is lost for it. */
  function wrong(entry: string): string[] {
    const { config, problems } = parseConfig(`{"tests": false, "resources": [${GOOD},\n${entry}]}`, RULES);
    assert.equal(config?.tests, false);
    assert.deepEqual(
      config.resources?.map(({ acquire }) => acquire),
      ['example.com/pool.Open'],
    );
    return problems.map((p) => `${p.line}:${p.column} ${p.message.en}`);
  }

  it('are told from each other by what is wrong with them, and where', () => {
    assert.deepEqual(wrong('{"acquire": "a/b.Get", "releases": ["Close"], "release": ["Close"]}'), [
      '2:24 Unknown setting "releases". Did you mean "release"?',
    ]);
    assert.deepEqual(wrong('{"acquire": "a/b.Get"}'), ['2:1 "resources.1.release" is missing.']);
    assert.deepEqual(wrong('{"acquire": "a/b.Get", "release": []}'), ['2:35 "resources.1.release" must not be empty.']);
    assert.deepEqual(wrong('{"acquire": "a/b.Get", "release": "Close"}'), [
      '2:35 "resources.1.release" must be of type array, not string.',
    ]);
    for (const name of ['Get', 'a/b.get', 'a/b.(*Pool.Get', '(*a/b.Pool).Get', 'a b.Get', 'a/b.Get()', ''])
      assert.deepEqual(wrong(`{"acquire": "${name}", "release": ["Close"]}`), [
        `2:13 "${name}" is not the name of an exported function or method. Write "example.com/pool.Open" for a function, "example.com/pool.(*Pool).Get" for a method.`,
      ]);
    for (const name of ['close', 'Close()', '.Close', 'a/b.put', ''])
      assert.deepEqual(wrong(`{"acquire": "a/b.Get", "release": ["Close", "${name}"]}`), [
        `2:45 "${name}" does not say what releases it. Write "Close" for a method of the result, "()" to call the result, "example.com/pool.(*Pool).Put" for a function or method that gets it as an argument.`,
      ]);
    for (const result of ['-1', '0.5', '10'])
      assert.deepEqual(wrong(`{"acquire": "a/b.Get", "release": ["Close"], "result": ${result}}`), [
        '2:56 "resources.1.result" must be one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.',
      ]);
    assert.deepEqual(wrong('{"acquire": "a/b.Get", "release": ["Close"], "field": "body"}'), [
      '2:55 "body" is not the name of an exported field, such as "Body".',
    ]);
    assert.deepEqual(wrong('{"acquire": "a/b.Get", "release": ["Close"], "what": "a\\nb"}'), [
      '2:54 "resources.1.what" must be a text on one line.',
    ]);
    assert.deepEqual(wrong('1'), ['2:1 "resources.1" must be of type object, not number.']);
    assert.deepEqual(wrong('{"acquire": "example.com/pool.Open", "release": ["Done"]}'), [
      '2:13 "example.com/pool.Open" has an entry for this result already.',
    ]);
  });

  it('are all left out when they are no list', () => {
    const { config, problems } = parseConfig('{"tests": false, "resources": {}}', RULES);
    assert.deepEqual([config?.tests, config?.resources], [false, []]);
    assert.deepEqual(
      problems.map((p) => p.message.en),
      ['"resources" must be of type array, not object.'],
    );
  });

  it('do not save a config that is wrong elsewhere', () => {
    const { config, problems } = parseConfig('{"tests": 1, "resources": [1]}', RULES);
    assert.equal(config, undefined);
    assert.equal(problems.length, 2);
  });

  it('are told when the file is loaded, with its place', async () => {
    const path = '/r/goroutine-hygiene.jsonc';
    const fs = new MemoryFileSystem({ [path]: `{"resources": [${GOOD}, 1]}` });
    const config = await new Configs(fs, RULES).forDirectory('/r');
    assert.deepEqual([config.resources.length, config.problems?.map(({ column }) => column)], [1, [GOOD.length + 18]]);
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
