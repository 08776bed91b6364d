import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const TYPES = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const CONFIGURATION = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;

/** Serves a folder to pages of any origin and remembers what was asked for. */
export async function serveFolder(folder) {
  const requested = new Set();
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
    requested.add(name);
    fs.readFile(path.join(folder, path.normalize(name)), (error, data) => {
      const type = TYPES[path.extname(name)] ?? 'text/plain; charset=utf-8';
      response.writeHead(error ? 404 : 200, { 'access-control-allow-origin': '*', 'content-type': type });
      response.end(data);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { authority: `127.0.0.1:${server.address().port}`, requested, stop };
}

/**
 * Make the window at `url` load the extension served at `authority` the way vscode.dev does: from the web, into the
 * extension host that is a web worker. The page names such extensions in its configuration.
 */
export async function addWebExtension(page, url, authority) {
  await page.route(url, async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace(CONFIGURATION, (_all, start, settings) => {
      const configuration = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
      configuration.developmentOptions = {
        ...configuration.developmentOptions,
        extensions: [{ scheme: 'http', authority, path: '/' }],
      };
      const changed = JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      return `${start}${changed}"`;
    });
    await route.fulfill({ response, body: html });
  });
}
