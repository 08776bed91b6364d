/** What the table says about libraries is of no use where no rule looks: every call that acquires matches the triggers of a rule. */
import assert from 'node:assert/strict';
import { type ApiFact, apiPackageSource } from '../../src/golang/api/index.ts';
import { FACT_TABLES } from '../../src/golang/api/facts.ts';
import { Triggers } from '../../src/engine/triggers.ts';
import { RULES } from '../../src/rules/registry.ts';
import { resolve, stubOf } from '../golang/api/stub-reader.ts';

/** Of these kinds no rule reports, or one that looks for what is done with the result. */
const UNREPORTED = new Set(['batch', 'group', 'pipe']);
const REPORTING = RULES.filter(({ meta }) => meta.group === 'resource');
const LEVELED = REPORTING.map((rule) => ({ rule, level: 'warning' as const, isSet: false }));
const SELECTION = new Triggers(REPORTING).of(LEVELED);

/** A function with a call whose result is only used. */
function useOf(name: string): string {
  const { stub, owner, signature } = resolve(name)!;
  const clause = /^package (\w+)/.exec(stubSource(stub.path))![1]!;
  const args = signature.params.map((type) => (type.endsWith('.Context') ? 'ctx' : 'x'));
  const targets = signature.results.map((type) => (type === 'error' ? 'err' : 'v'));
  const called = `${owner === undefined ? clause : 'c'}.${name.slice(name.lastIndexOf('.') + 1)}`;
  return `func f() {\n\t${targets.join(', ')} := ${called}(${args.join(', ')})\n\tv.Use()\n\treturn\n}\n`;
}

function stubSource(path: string): string {
  assert.ok(stubOf(path), path);
  return apiPackageSource(path)!;
}

describe('calls of libraries that acquire', () => {
  it('match the triggers of a rule', () => {
    const missed: string[] = [];
    const facts: [string, ApiFact][] = Object.values(FACT_TABLES).flatMap((table) => Object.entries(table));
    for (const [name, { acquires }] of facts) {
      const isLibrary = /^[\w-]+\.[\w.]+\//.test(name) && !name.startsWith('golang.org/x/net/');
      if (!isLibrary || !acquires || acquires.endsWithReceiver || UNREPORTED.has(acquires.kind)) continue;
      const text = useOf(name);
      const selected = SELECTION.select(text, LEVELED);
      if (!selected.some((rule) => SELECTION.mayCheck(text, rule))) missed.push(name);
    }
    assert.deepEqual(missed, []);
  });
});
