/**
 * The peers: other programs that find some of what the rules find, with the versions that are compared and the way to run each.
 *
 * - `module`, `version`, `package`: what `go install` gets; `go vet` comes with the toolchain and has none of these.
 * - `tools`: a newer golang.org/x/tools to build it with, where the one its own go.mod names cannot read the code of today's Go.
 * - `args`: what stands before the packages, given the path of the program.
 * - `output`: how it prints findings, see `parse.mjs`.
 * - `checks`: its checks that are about what the rules are about. Of a program with one check this is its name.
 * - `related`: messages that point from one finding to a second place of the same finding.
 */
const VET_CHECKS = ['lostcancel', 'copylocks', 'loopclosure', 'testinggoroutine', 'httpresponse', 'waitgroup'];
const STATICCHECK_CHECKS = [
  'SA1012',
  'SA1015',
  'SA1017',
  'SA2000',
  'SA2001',
  'SA2002',
  'SA2003',
  'SA4011',
  'SA5001',
  'SA5003',
];

export const PEERS = [
  {
    name: 'go vet',
    args: () => ['go', 'vet', '-json', ...VET_CHECKS.map((check) => `-${check}`)],
    output: 'analysis',
    checks: VET_CHECKS,
    related: /^this return statement may be reached without using/,
  },
  {
    name: 'staticcheck',
    module: 'honnef.co/go/tools',
    version: 'v0.8.2',
    package: 'honnef.co/go/tools/cmd/staticcheck',
    // What a comment silences counts as found on both sides.
    args: (path) => [path, '-f', 'json', '-show-ignored', '-checks', STATICCHECK_CHECKS.join()],
    output: 'staticcheck',
    checks: STATICCHECK_CHECKS,
  },
  {
    name: 'bodyclose',
    module: 'github.com/timakin/bodyclose',
    version: 'v0.0.0-20260723120731-857993a2939c',
    package: 'github.com/timakin/bodyclose',
    args: (path) => [path, '-json'],
    output: 'analysis',
    checks: ['bodyclose'],
  },
  {
    name: 'sqlclosecheck',
    module: 'github.com/ryanrolds/sqlclosecheck',
    version: 'v0.6.0',
    package: 'github.com/ryanrolds/sqlclosecheck',
    args: (path) => [path, '-json'],
    output: 'analysis',
    checks: ['sqlclosecheck'],
  },
  {
    name: 'rowserrcheck',
    module: 'github.com/jingyugao/rowserrcheck',
    version: 'v1.1.1',
    package: 'github.com/jingyugao/rowserrcheck',
    tools: 'v0.52.0',
    args: (path) => [path, '-json'],
    output: 'analysis',
    checks: ['rowserrcheck'],
  },
  {
    name: 'noctx',
    module: 'github.com/sonatard/noctx',
    version: 'v0.5.1',
    package: 'github.com/sonatard/noctx/cmd/noctx',
    tools: 'v0.52.0',
    // It is made to be started by go vet.
    args: (path) => ['go', 'vet', `-vettool=${path}`, '-json'],
    output: 'analysis',
    checks: ['noctx'],
  },
  {
    name: 'contextcheck',
    module: 'github.com/kkHAIKE/contextcheck',
    version: 'v1.1.6',
    package: 'github.com/kkHAIKE/contextcheck/cmd/contextcheck',
    tools: 'v0.52.0',
    args: (path) => [path, '-json'],
    output: 'analysis',
    checks: ['contextcheck'],
  },
  {
    name: 'fatcontext',
    module: 'go.augendre.info/fatcontext',
    version: 'v0.9.0',
    package: 'go.augendre.info/fatcontext/cmd/fatcontext',
    tools: 'v0.52.0',
    args: (path) => [path, '-json'],
    output: 'analysis',
    checks: ['fatcontext'],
  },
  {
    name: 'spancheck',
    module: 'github.com/jjti/go-spancheck',
    version: 'v0.6.5',
    package: 'github.com/jjti/go-spancheck/cmd/spancheck',
    tools: 'v0.52.0',
    // It reads its own flags first, and has none for JSON.
    args: (path) => [path, '-checks', 'end'],
    output: 'text',
    checks: ['spancheck'],
    related: /^return can be reached without calling/,
  },
];
