import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page whose text was changed on the way counts as one from outside, which may not call 127.0.0.1 otherwise.
  '--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
];

/**
 * Start Chromium with one page that reaches nothing but this machine.
 * @param {{ home: string, bypassCSP?: boolean }} options
 *   `home`: folder for the browser's profile; `bypassCSP`: let the page load what its own policy forbids
 * @returns the page, and `close`
 */
export async function openBrowser({ home, bypassCSP = false }) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: FLAGS,
    env: { ...process.env, HOME: home },
  });
  const context = await browser.newContext({ bypassCSP, viewport: { width: 1280, height: 800 } });
  await context.route(
    (url) => url.hostname !== '127.0.0.1' && !url.hostname.endsWith('.127.0.0.1'),
    (route) => route.abort(),
  );
  return { page: await context.newPage(), close: () => browser.close() };
}
