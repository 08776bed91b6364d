import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const EXTENSION = 'goroutine-hygiene.vscode-goroutine-hygiene';
export const SOURCE = 'goroutine-hygiene';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 50;

/** A function whose cancel is thrown away; complete but for the imports, which clean.go has. */
export const LEAK = `
func forgetful(parent context.Context) error {
	ctx, _ := context.WithCancel(parent)
	<-ctx.Done()
	return ctx.Err()
}
`;

/** A function that calls its cancel, but not on every way out: the fix changes nothing else, so it is a safe one. */
export const LEAK_ON_ONE_WAY = `
func hasty(parent context.Context, now bool) {
	ctx, cancel := context.WithCancel(parent)
	if now {
		return
	}
	<-ctx.Done()
	cancel()
}
`;

export function workspaceFile(...names: string[]): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the tests need a workspace folder');
  return vscode.Uri.joinPath(folder.uri, ...names);
}

/**
 * Show a file of the workspace in an editor, as a person would: `openTextDocument` would keep the document open
 * for minutes after its editor is closed.
 */
export async function open(...names: string[]): Promise<vscode.TextEditor> {
  const uri = workspaceFile(...names);
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.uri.toString(), uri.toString());
  return editor!;
}

/** Add text at the end of the document, as typing would; nothing is saved. */
export async function append(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const end = document.positionAt(document.getText().length);
  assert.ok(await editor.edit((edit) => edit.insert(end, text)));
}

/** Drop all edits and close all editors. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Rule id of a finding. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The extension's findings in a file, of one rule when `rule` is given. */
export function findings(uri: vscode.Uri, rule?: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((each) => each.source === SOURCE && (rule === undefined || ruleOf(each) === rule));
}

/** Wait until `uri` has exactly `count` findings of `rule`. */
export async function untilFindings(uri: vscode.Uri, rule: string, count: number): Promise<vscode.Diagnostic[]> {
  await until(
    () => findings(uri, rule).length === count,
    () => {
      const all = vscode.languages.getDiagnostics(uri).map((each) => `${each.source} ${ruleOf(each)}: ${each.message}`);
      return `${count} × ${rule} in ${uri.path}; there are: ${all.join(' | ') || 'none'}`;
    },
  );
  return findings(uri, rule);
}

/** Poll until `done`; fails with what `wanted` says then. */
export async function until(done: () => boolean | Promise<boolean>, wanted: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await done())) {
    if (Date.now() > deadline) assert.fail(`waited ${PATIENCE_MS / 1000} s for ${wanted()}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** The code actions of one kind at a finding, with their edits. */
export async function actionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind = vscode.CodeActionKind.QuickFix,
): Promise<vscode.CodeAction[]> {
  const resolved = 50;
  const command = 'vscode.executeCodeActionProvider';
  return vscode.commands.executeCommand<vscode.CodeAction[]>(command, uri, range, kind.value, resolved);
}

/** Apply an action's edit. */
export async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit, `the action ${action?.title} has an edit`);
  assert.ok(await vscode.workspace.applyEdit(action.edit), `${action.title} applies`);
}

/** Change a setting of the extension for this test; `undefined` restores the default. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('goroutineHygiene').update(name, value, vscode.ConfigurationTarget.Global);
}
