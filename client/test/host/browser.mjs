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
];

/**
 * Start Chromium with one page that reaches nothing but this machine.
 * @param {{ home: string }} options folder for the browser's profile
 * @returns the page, and `close`
 */
export async function openBrowser({ home }) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: FLAGS,
    env: { ...process.env, HOME: home },
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.route(
    (url) => url.hostname !== '127.0.0.1' && !url.hostname.endsWith('.127.0.0.1'),
    (route) => route.abort(),
  );
  return { page: await context.newPage(), close: () => browser.close() };
}
