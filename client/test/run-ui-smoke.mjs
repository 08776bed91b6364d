// Installs the packed extension in a real VS Code and uses it in Chromium by keyboard.
//   node client/test/run-ui-smoke.mjs        VSIX=file uses a packed extension instead of packing one
// Exit code: 0 passed, 1 failed, 77 skipped; RESULT_FILE names a file for the counts. Screenshots go to out/ui/.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openBrowser } from './host/browser.mjs';
import { findChromium } from './host/chromium.mjs';
import { ensureHost } from './host/install.mjs';
import { reportOutcome } from './host/outcome.mjs';
import { OUT, REPOSITORY } from './host/paths.mjs';
import { startVSCodeServer } from './host/vscode-server.mjs';
import { temporaryCopy } from './host/workspace.mjs';
import { addWebExtension, serveFolder } from './ui/web-extension.mjs';
import { TYPING_SETTINGS, Workbench } from './ui/workbench.mjs';
import { installedExtension, packedExtension } from './ui/vsix.mjs';

const EXTENSION = 'goroutine-hygiene.vscode-goroutine-hygiene';
const SCREENSHOTS = path.join(OUT, 'ui');

const LEAK = `
func forgetful(parent context.Context) error {
	ctx, _ := context.WithCancel(parent)
	<-ctx.Done()
	return ctx.Err()
}`;

/** One after the other in one window; each starts where the one before ended. */
const CHECKS = {
  'the VSIX holds all it needs': ({ server }) => {
    const folder = installedExtension(server.home, EXTENSION);
    const needed = [
      'dist/client.node.cjs',
      'dist/server.node.cjs',
      'dist/engine.node.cjs',
      'dist/config-schema.node.cjs',
      'dist/client.browser.js',
      'dist/server.browser.js',
    ];
    for (const file of [
      ...needed,
      'grammars/tree-sitter-go.wasm',
      'grammars/web-tree-sitter.wasm',
      'snippets/go.json',
    ]) {
      assert.ok(fs.existsSync(path.join(folder, file)), `${file} is installed`);
    }
    for (const file of needed) {
      const text = fs.readFileSync(path.join(folder, file), 'utf8');
      assert.ok(!text.includes(REPOSITORY), `${file} does not know the checkout`);
    }
  },
  'a file with a leak gets a squiggle': async ({ server, page, workbench, folder }) => {
    await page.goto(server.windowUrl(folder, [['openFile', server.uri(path.join(folder, 'leaks.go'))]]));
    await workbench.waitForEditor('leaks.go');
    await workbench.until('leaks.go has a squiggle', async () => (await workbench.squiggles.count()) > 0);
  },
  'the hover says everything once and leads to the rendered rule page': async ({ page, workbench }) => {
    await workbench.openHover();
    const said = (await workbench.hover.textContent()) ?? '';
    assert.equal(said.split('not called on every way out').length, 2, said);
    assert.match(said, /Why it matters/);
    await workbench.hover.getByText('More about this rule').click();
    await page.locator('.tab.active', { hasText: 'lost-cancel.md' }).waitFor();
    const outer = page.frameLocator('iframe.webview.ready');
    await outer.frameLocator('iframe#active-frame').locator('h1', { hasText: 'lost-cancel' }).waitFor();
  },
  'typing a leak shows a squiggle and a row in Problems': async ({ page, server, workbench, folder }) => {
    await page.goto(server.windowUrl(folder, [['openFile', server.uri(path.join(folder, 'clean.go'))]]));
    await workbench.waitForEditor('clean.go');
    await workbench.typeAtEnd(LEAK);
    await workbench.until('the leak has a squiggle', async () => (await workbench.squiggles.count()) > 0);
    await workbench.openProblems();
    await workbench.problem('lost-cancel').first().waitFor();
    assert.equal(await workbench.problem('lost-cancel').count(), 1);
  },
  'Ctrl+. and Enter repair it': async ({ workbench }) => {
    await workbench.openQuickFixes();
    await workbench.press('Enter');
    await workbench.until('cancel is deferred', async () => {
      const lines = (await workbench.visibleText()).split('\n').map((line) => line.trim());
      return lines.includes('ctx, cancel := context.WithCancel(parent)') && lines.includes('defer cancel()');
    });
    await workbench.until('the squiggle is gone', async () => (await workbench.squiggles.count()) === 0);
    await workbench.until('the row is gone', async () => (await workbench.problem('lost-cancel').count()) === 0);
  },
  'the language status says that the server is ready': async ({ page, workbench }) => {
    await page.locator('[id="status.languageStatus"]').hover();
    const status = page.locator('.hover-language-status', { hasText: 'Goroutine Hygiene' });
    await status.waitFor();
    assert.match((await status.textContent()) ?? '', /Goroutine Hygiene: ready/);
    await workbench.press('Escape');
    await page.mouse.move(0, 0);
  },
  'a scan ends with a summary that leads to Problems': async ({ workbench }) => {
    await workbench.runCommand('Goroutine Hygiene: Scan Workspace');
    const summary = workbench.toasts.filter({ hasText: '3 Go files scanned' });
    await summary.waitFor();
    await workbench.problem('leaks.go').first().waitFor();
    await workbench.problem('worker.go').first().waitFor();
    // Hide the view, so that the button has something to do.
    await workbench.press('Control+J');
    await workbench.problem('leaks.go').first().waitFor({ state: 'hidden' });
    await summary.getByText('Show Problems').click();
    await workbench.problem('leaks.go').first().waitFor();
  },
  'clearing the scan empties Problems': async ({ workbench }) => {
    await workbench.runCommand('Goroutine Hygiene: Clear Scan Results');
    await workbench.until('Problems is empty', async () => (await workbench.problem('.go').count()) === 0);
  },
};

/** The same package as a web extension, in a window of its own. */
const WEB_CHECKS = {
  'the web extension finds the leaks of an open file': async ({ page, url, workbench, requested }) => {
    await page.goto(url);
    await workbench.waitForEditor('leaks.go');
    await workbench.until('leaks.go has a squiggle', async () => (await workbench.squiggles.count()) > 0);
    assert.ok(requested.has('/dist/server.browser.js'), 'the server runs in a web worker');
  },
  'the web extension scans the workspace': async ({ workbench }) => {
    await workbench.openProblems();
    await workbench.runCommand('Goroutine Hygiene: Scan Workspace');
    await workbench.toasts.filter({ hasText: '3 Go files scanned' }).waitFor();
    await workbench.problem('worker.go').first().waitFor();
  },
  'the web extension follows an edit': async ({ workbench }) => {
    await workbench.focusEditor();
    await workbench.press('Control+A');
    await workbench.press('Delete');
    await workbench.until('the squiggle is gone', async () => (await workbench.squiggles.count()) === 0);
  },
};

/** The first check that fails ends the series: the later ones build on it. */
async function check(name, checks, context) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [index, [title, run]] of Object.entries(checks).entries()) {
    let mark = '✔';
    try {
      await run(context);
      counts.passed += 1;
    } catch (error) {
      mark = '✘';
      counts.failed += 1;
      console.error(error);
    }
    console.log(`  ${mark} ${title}`);
    const picture = `${name} ${index + 1} ${title}.png`.replaceAll(/[^\w.]+/g, '-');
    await context.page.screenshot({ path: path.join(SCREENSHOTS, picture) });
    if (counts.failed > 0) break;
  }
  return counts;
}

/** Checks the installed extension in a window on `folder`. */
async function checkInstalled(server, folder) {
  const browser = await openBrowser({ home: server.home });
  try {
    const { page } = browser;
    return await check('installed', CHECKS, { server, page, workbench: new Workbench(page), folder });
  } finally {
    await browser.close();
  }
}

/** Checks the files of the installed extension as a web extension; the server itself has none in this run. */
async function checkWeb(extension, folder) {
  const server = await startVSCodeServer({ settings: TYPING_SETTINGS });
  const files = await serveFolder(extension);
  const browser = await openBrowser({ home: server.home, bypassCSP: true });
  try {
    const { page } = browser;
    const url = server.windowUrl(folder, [['openFile', server.uri(path.join(folder, 'leaks.go'))]]);
    await addWebExtension(page, url, files.authority);
    const { requested } = files;
    return await check('web', WEB_CHECKS, { page, url, workbench: new Workbench(page), requested });
  } finally {
    await browser.close();
    await files.stop();
    await server.stop();
  }
}

await reportOutcome('UI smoke', async () => {
  findChromium();
  ensureHost();
  fs.rmSync(SCREENSHOTS, { recursive: true, force: true });
  const vsix = packedExtension();
  const workspace = temporaryCopy('workspaces/editor');
  const server = await startVSCodeServer({ vsix: [vsix], settings: TYPING_SETTINGS });
  try {
    const installed = await checkInstalled(server, workspace.folder);
    const web = await checkWeb(installedExtension(server.home, EXTENSION), workspace.folder);
    return { passed: installed.passed + web.passed, failed: installed.failed + web.failed, skipped: 0 };
  } finally {
    await server.stop();
    workspace.remove();
  }
});
