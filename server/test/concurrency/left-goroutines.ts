/** Runs programs in one process and tells which goroutines they leave behind. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { MODULE, PROGRAMS, type Program } from './programs.ts';

/** Nothing is downloaded, and no workspace or flag of the user gets in. */
export const GO_ENV = { ...process.env, GOPROXY: 'off', GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local' };

/** A goroutine that was still there at the end. */
export interface LeftGoroutine {
  /** `Program.path` of the package in whose code it is. */
  path: string;
  /** What the runtime says it waits for, such as `chan send`. */
  state: string;
  /** Base name and 1-based line of the innermost frame in that package; no file when only its creator is known. */
  file: string;
  line: number;
}

/**
 * Calls `Drive` of every program, each in a goroutine of its own, and gives what is left after the time a leak has to happen in.
 * Waits longer while a fixed program is not done, because a slow machine is no leak.
 */
export function leftGoroutines(all: readonly Program[]): LeftGoroutine[] {
  const directory = mkdtempSync(join(tmpdir(), 'concurrency-programs-'));
  try {
    writeFileSync(
      join(directory, 'go.mod'),
      `module example.com/drive\n\ngo 1.25\n\nrequire ${MODULE} v0.0.0\n\nreplace ${MODULE} => ${JSON.stringify(PROGRAMS)}\n`,
    );
    writeFileSync(join(directory, 'main.go'), mainProgram(all));
    const binary = join(directory, process.platform === 'win32' ? 'drive.exe' : 'drive');
    const build = spawnSync('go', ['build', '-o', binary, '.'], { cwd: directory, encoding: 'utf8', env: GO_ENV });
    assert.equal(build.status, 0, `go build failed:\n${build.stdout}${build.stderr}`);
    const run = spawnSync(binary, [], { encoding: 'utf8', env: GO_ENV, maxBuffer: 64 << 20, timeout: 60_000 });
    assert.equal(run.status, 0, `the programs ended with ${run.signal ?? run.status}:\n${run.stderr.slice(0, 10_000)}`);
    return run.stdout.split('\n\n').flatMap(readStack);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function mainProgram(all: readonly Program[]): string {
  return `package main

import (
	"os"
	"runtime"
	"strings"
	"time"

${all.map(({ path }, index) => `\tp${index} "${MODULE}/${path}"`).join('\n')}
)

func stacks() string {
	buffer := make([]byte, 32<<20)
	return string(buffer[:runtime.Stack(buffer, true)])
}

func main() {
	// One after the other: all at once, they would delay one another by more than they sleep.
	for _, drive := range []func(){
${all.map((_, index) => `\t\tp${index}.Drive,`).join('\n')}
	} {
		go drive()
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(6 * time.Second)
	dump := stacks()
	for limit := time.Now().Add(10 * time.Second); strings.Contains(dump, "/fixed.") && time.Now().Before(limit); dump = stacks() {
		time.Sleep(250 * time.Millisecond)
	}
	os.Stdout.WriteString(dump)
}
`;
}

/** Reads one goroutine of a dump by `runtime.Stack`; nothing when it has no frame of a program. */
function readStack(text: string): LeftGoroutine[] {
  const lines = text.trim().split('\n');
  const state = /^goroutine \d+ \[([^,\]]*)/.exec(lines[0]!)?.[1] ?? '';
  for (const [index, line] of lines.entries()) {
    if (!line.replace(/^created by /, '').startsWith(`${MODULE}/`)) continue;
    const path = /^[\w/]+/.exec(line.slice(line.indexOf(MODULE) + MODULE.length + 1))![0];
    const at = /^\s+(.*\.go):(\d+)/.exec(lines[index + 1] ?? '');
    const known = at !== null && !line.startsWith('created by ');
    return [{ path, state, file: known ? basename(at[1]!) : '', line: known ? Number(at[2]) : 0 }];
  }
  return [];
}
