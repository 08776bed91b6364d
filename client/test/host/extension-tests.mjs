import { format } from 'node:util';
import { openBrowser } from './browser.mjs';
import { startVSCodeServer } from './vscode-server.mjs';

/** Lines VS Code itself writes into the log of the page; none of them is about the extension. */
const NOISE = /ripgrep|socket|connection token|service worker|gallery|builtin extensions|chat|account|signed-in/i;

/**
 * Run a test module inside the extension host of a real VS Code.
 * @param {{ extension: string, tests: string, folder: string, settings?: object, timeoutMs?: number }} options
 *   `extension`: folder of the extension; `tests`: script whose export `run()` rejects when a test fails; `folder`: workspace
 * @returns {Promise<number>} 0 when `run` resolved
 */
export async function runInExtensionHost({ extension, tests, folder, settings, env, timeoutMs = 300_000 }) {
  const server = await startVSCodeServer({ settings, env });
  let browser;
  try {
    browser = await openBrowser({ home: server.home });
    const { page } = browser;
    await page.exposeFunction('codeAutomationLog', (type, args) => {
      const text = format(...args);
      if (!NOISE.test(text)) (console[type] ?? console.log)(text);
    });
    const exit = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
    const payload = [
      ['extensionDevelopmentPath', server.uri(extension)],
      ['extensionTestsPath', server.uri(tests)],
    ];
    await page.goto(server.windowUrl(folder, payload));
    let timer;
    const timeout = new Promise((_resolve, reject) => {
      const late = () => reject(new Error(`The tests did not end within ${timeoutMs / 1000} s.\n${server.log()}`));
      timer = setTimeout(late, timeoutMs);
    });
    return await Promise.race([exit, timeout]).finally(() => clearTimeout(timer));
  } finally {
    await browser?.close();
    await server.stop();
  }
}
