// Preloaded into a measured process (node --require): writes what it used to the file named by BENCH_USAGE when it exits.
'use strict';
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  process.on('exit', () => {
    // Both are counts of the whole process, its worker threads included.
    const { user, system } = process.cpuUsage();
    const { maxRSS } = process.resourceUsage();
    const usage = { cpuMs: (user + system) / 1000, peakMB: maxRSS / 1024, wallMs: performance.now() };
    writeFileSync(process.env.BENCH_USAGE, JSON.stringify(usage));
  });
}
