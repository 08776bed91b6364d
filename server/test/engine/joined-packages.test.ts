/** Small programs and the packages of the workspace that they use: explored together. */
import assert from 'node:assert/strict';
import type { PackageInput } from '../../src/engine/api.ts';
import { RULES } from '../../src/rules/registry.ts';
import { engineWith, SETTINGS, summary, Workspace } from './support.ts';

const MAIN = `package main

import (
	"errors"

	"example.com/gate"
)

func pass(g *gate.Gate, fail bool) error {
	g.Enter()
	if fail {
		return errors.New("no way through")
	}
	g.Leave()
	return nil
}

func main() {
	g := gate.New(1)
	for _, fail := range []bool{true, false} {
		if err := pass(g, fail); err != nil {
			println(err.Error())
		}
	}
}
`;

const gate = (more = ''): string => `package gate

type Gate struct{ places chan struct{} }

func New(n int) *Gate { return &Gate{places: make(chan struct{}, n)} }

func (g *Gate) Enter() { println("a place"); g.places <- struct{}{} }

func (g *Gate) Leave() { <-g.places }
${more}`;

function input(text: string, workspace: Workspace): PackageInput {
  return {
    files: [{ path: '/ws/app/main.go', text }],
    importPath: 'example.com/app',
    goVersion: '1.22',
    imports: workspace,
  };
}

const REPAIRED = MAIN.replace('\tg.Enter()\n', '\tg.Enter()\n\tdefer g.Leave()\n').replace(
  '\tg.Leave()\n\treturn nil',
  '\treturn nil',
);

describe('small programs with packages of their own', () => {
  it('show where they are led into what blocks', async () => {
    const engine = await engineWith();
    const [result] = engine.analyze(input(MAIN, new Workspace({ 'example.com/gate': gate() })), SETTINGS);
    assert.deepEqual(summary(result), ['10 producer-outlives-consumer']);
    const [finding] = result?.findings ?? [];
    assert.match(finding?.message ?? '', /^this send \(x\.go:7\) blocks/);
    assert.equal(finding?.steps?.at(-1)?.path, '/ws/example.com/gate/x.go');
  });

  it('are silent when repaired', async () => {
    const engine = await engineWith();
    const [result] = engine.analyze(input(REPAIRED, new Workspace({ 'example.com/gate': gate() })), SETTINGS);
    assert.deepEqual(summary(result), []);
  });

  it('leave alone what is too much to follow', async () => {
    const engine = await engineWith();
    const much = gate(`\nvar texts = []string{\n${'\t"to be looked at",\n'.repeat(1200)}}\n`);
    const [result] = engine.analyze(input(MAIN, new Workspace({ 'example.com/gate': much })), SETTINGS);
    assert.deepEqual(summary(result), []);
  });

  it('are looked at anew when such a package changes', async () => {
    const engine = await engineWith(RULES, { incremental: true });
    const workspace = new Workspace({ 'example.com/gate': gate() });
    const said = (text: string): string[] => summary(engine.analyze(input(text, workspace), SETTINGS)[0]);
    assert.deepEqual(said(MAIN), ['10 producer-outlives-consumer']);
    workspace.set('example.com/gate', gate().replace('chan struct{}, n)', 'chan struct{}, n+1)'));
    assert.deepEqual(said(MAIN), []);
    workspace.set('example.com/gate', gate());
    assert.deepEqual(said(`${MAIN}// The end.\n`), ['10 producer-outlives-consumer']);
    assert.deepEqual(said(REPAIRED), []);
  });
});
