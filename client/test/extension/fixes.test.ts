import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LEAK, LEAK_ON_ONE_WAY, actionsAt, append, apply, closeAll, open, untilFindings } from './support.ts';

const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('goroutineHygiene');

/** How often a line stands in a text, whatever its indentation. */
const linesOf = (document: vscode.TextDocument, line: string) =>
  document
    .getText()
    .split('\n')
    .filter((each) => each.trim() === line).length;

describe('quick-fixes', () => {
  afterEach(closeAll);

  it('name a discarded cancel and defer it', async () => {
    const editor = await open('clean.go');
    const { document } = editor;
    await append(editor, LEAK);
    const [finding] = await untilFindings(document.uri, 'lost-cancel', 1);
    const actions = await actionsAt(document.uri, finding!.range);
    const preferred = actions.filter((each) => each.isPreferred);
    assert.equal(preferred.length, 1, actions.map((each) => each.title).join(' | '));
    assert.match(preferred[0]!.title, /cancel/);
    await apply(preferred[0]);
    assert.match(document.getText(), /\n\tctx, cancel := context\.WithCancel\(parent\)\n\tdefer cancel\(\)\n/);
    await untilFindings(document.uri, 'lost-cancel', 0);
    assert.deepEqual(await actionsAt(document.uri, finding!.range), []);
  });

  it('stop a ticker', async () => {
    const { document } = await open('worker', 'worker.go');
    const [finding] = await untilFindings(document.uri, 'ticker-not-stopped', 1);
    const actions = await actionsAt(document.uri, finding!.range);
    await apply(actions.find((each) => each.isPreferred));
    assert.match(document.getText(), /\n\tticker := time\.NewTicker\(time\.Second\)\n\tdefer ticker\.Stop\(\)\n/);
    await untilFindings(document.uri, 'ticker-not-stopped', 0);
  });

  it('offer to suppress with a reason', async () => {
    const { document } = await open('leaks.go');
    const [finding] = await untilFindings(document.uri, 'lost-cancel', 1);
    const actions = await actionsAt(document.uri, finding!.range);
    const suppress = actions.find((each) =>
      each.edit?.entries().some(([, edits]) => edits.some(({ newText }) => newText.includes('//hygiene:ignore'))),
    );
    assert.ok(suppress, actions.map((each) => each.title).join(' | '));
    assert.ok(!suppress.isPreferred);
    await apply(suppress);
    assert.match(document.getText(), /\/\/hygiene:ignore lost-cancel \S+/);
    await untilFindings(document.uri, 'lost-cancel', 0);
  });

  it('repair the whole file at once', async () => {
    const editor = await open('leaks.go');
    const { document } = editor;
    await append(editor, LEAK_ON_ONE_WAY);
    await untilFindings(document.uri, 'lost-cancel', 2);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const [action, ...others] = await actionsAt(document.uri, whole, FIX_ALL);
    assert.equal(others.length, 0);
    await apply(action);
    assert.equal(linesOf(document, 'defer cancel()'), 2);
    await untilFindings(document.uri, 'lost-cancel', 0);
  });
});
