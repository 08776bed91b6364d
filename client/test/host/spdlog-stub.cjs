/**
 * Stands in for `@vscode/spdlog`, a native module that would need a compiler. VS Code writes its log files and its
 * output channels through this interface; rotation is left out because a test run is short.
 */
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class FileLogger {
  constructor(file) {
    this.file = file;
    this.threshold = LEVELS.indexOf('info');
    this.formatted = true;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    // The output view opens the file before the first line is written.
    fs.closeSync(fs.openSync(file, 'a'));
    for (const [rank, level] of LEVELS.entries()) {
      this[level] = (message) => this.append(rank, level, message);
    }
  }

  append(rank, level, message) {
    if (rank < this.threshold || this.file === undefined) return;
    const line = this.formatted ? `${new Date().toISOString()} [${level}] ${message}\n` : message;
    fs.appendFileSync(this.file, line);
  }

  getLevel() {
    return this.threshold;
  }

  setLevel(rank) {
    this.threshold = rank;
  }

  clearFormatters() {
    this.formatted = false;
  }

  setPattern() {}

  flush() {}

  drop() {
    this.file = undefined;
  }
}

const create = (_name, file) => Promise.resolve(new FileLogger(file));

// One assignment each: VS Code imports them by name.
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
