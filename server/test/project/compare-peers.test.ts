/**
 * What `npm run compare-peers` makes of what the peers print. The outputs are those of real runs on a small module; only its folder
 * is written as /module.
 */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Place {
  path: string;
  line: number;
}
interface Peer {
  name: string;
  checks: string[];
}
type Theirs = Place & { check: string; message: string };
type Ours = Place & { rule: string; level: string; message: string; places: Place[] };

const load = (name: string): Promise<unknown> =>
  import(fileURLToPath(new URL(`../../../scripts/compare-peers/${name}.mjs`, import.meta.url)));
const { findingsOf } = (await load('parse')) as { findingsOf(peer: Peer, text: string, folder: string): Theirs[] };
const { compare } = (await load('match')) as {
  compare(
    check: string,
    theirs: Place[],
    ours: Ours[],
  ): { both: { theirs: Place; ours: Ours }[]; onlyPeer: Place[]; onlyOurs: Ours[] };
};
const { read } = (await load('ours')) as { read(report: object, off: Set<string>): Ours[] };
const { table, differences } = (await load('report')) as {
  table(rows: object[]): string;
  differences(row: object, cwd: string): string[];
};
const { PEERS } = (await load('peers')) as { PEERS: Peer[] };
const { MAPPING } = (await load('mapping')) as { MAPPING: Record<string, { rules: string[] }> };

const VET = `# example.com/small
{
	"example.com/small": {
		"lostcancel": [
			{
				"posn": "/module/small.go:15:2",
				"end": "/module/small.go:15:57",
				"message": "the cancel function is not used on all paths (possible context leak)"
			},
			{
				"posn": "/module/small.go:17:3",
				"end": "/module/small.go:17:30",
				"message": "this return statement may be reached without using the cancel var defined on line 15"
			}
		]
	}
}
{}
{
	"example.com/small": {
		"testinggoroutine": [
			{
				"posn": "/module/small_test.go:7:3",
				"end": "/module/small_test.go:7:28",
				"message": "call to (*testing.T).Fatal from a non-test goroutine"
			}
		]
	}
}
`;

const BODYCLOSE = `{
	"example.com/small": {
		"bodyclose": [
			{
				"posn": "/module/small.go:20:23",
				"end": "/module/small.go:20:23",
				"message": "response body must be closed"
			}
		]
	},
	"example.com/small [example.com/small.test]": {
		"bodyclose": [
			{
				"posn": "/module/small.go:20:23",
				"end": "/module/small.go:20:23",
				"message": "response body must be closed"
			}
		]
	}
}
`;

const GAVE_UP = `{
	"example.com/small/broken": {
		"bodyclose": {
			"error": "analysis skipped due to errors in package"
		}
	}
}
`;

const STATICCHECK = `{"code":"SA1017","severity":"error","location":{"file":"/module/small.go","line":30,"column":16},"end":{"file":"/module/small.go","line":30,"column":20},"message":"the channel used with signal.Notify should be buffered"}
{"code":"SA2002","severity":"error","location":{"file":"/module/small_test.go","line":6,"column":2},"end":{"file":"/module/small_test.go","line":8,"column":5},"message":"the goroutine calls T.Fatal, which must be called in the same goroutine as the test","related":[{"location":{"file":"/module/small_test.go","line":7,"column":3},"end":{"file":"/module/small_test.go","line":7,"column":28},"message":"call to T.Fatal"}]}
{"code":"compile","severity":"error","location":{"file":"/module/broken/broken.go","line":3,"column":14},"end":{"file":"","line":0,"column":0},"message":"undefined: missing"}
`;

const SPANCHECK = `/module/small.go:35:2: span.End is not called on all paths, possible memory leak
/module/small.go:37:3: return can be reached without calling span.End
`;

const peer = (name: string): Peer => PEERS.find((each) => each.name === name)!;
const placesOf = (name: string, text: string): string[] =>
  findingsOf(peer(name), text, resolve('/module')).map(({ check, path, line }) => `${check} ${path}:${line}`);
const at = (line: number, path = 'a.go', message = ''): Place & { message: string } => ({ path, line, message });
const ours = (rule: string, lines: number[], message = '', level = 'shown'): Ours => ({
  rule,
  level,
  ...at(lines[0]!, undefined, message),
  places: lines.map((line) => at(line)),
});

describe('compare-peers', () => {
  describe('output of peers', () => {
    it('reads the JSON of go vet, one object a package, without the second place of a finding', () => {
      assert.deepEqual(placesOf('go vet', VET), [
        'lostcancel /module/small.go:15',
        'testinggoroutine /module/small_test.go:7',
      ]);
    });

    it('counts once what is found in a package and again in the package with its tests', () => {
      assert.deepEqual(placesOf('bodyclose', BODYCLOSE), ['bodyclose /module/small.go:20']);
    });

    it('reads nothing from a package that a check gave up on', () => {
      assert.deepEqual(placesOf('bodyclose', GAVE_UP), []);
    });

    it('reads the lines of staticcheck, without those of the compiler', () => {
      assert.deepEqual(placesOf('staticcheck', STATICCHECK), [
        'SA1017 /module/small.go:30',
        'SA2002 /module/small_test.go:6',
      ]);
    });

    it('reads plain lines, and paths that are relative to the folder', () => {
      assert.deepEqual(placesOf('spancheck', SPANCHECK), ['spancheck /module/small.go:35']);
      assert.deepEqual(placesOf('spancheck', SPANCHECK.replaceAll('/module/', '')), [
        `spancheck ${resolve('/module/small.go')}:35`,
      ]);
    });
  });

  describe('matching', () => {
    it('takes a finding of a mapped rule within two lines for the same', () => {
      const { both, onlyPeer, onlyOurs } = compare(
        'bodyclose',
        [at(10), at(20)],
        [ours('response-body-not-closed', [12])],
      );
      assert.deepEqual([both.length, onlyPeer, onlyOurs.length], [1, [at(20)], 0]);
    });

    it('looks at the steps of a finding too', () => {
      const { both } = compare('lostcancel', [at(40)], [ours('lost-cancel', [10, 41])]);
      assert.equal(both.length, 1);
    });

    it('does not take another rule or another file for the same', () => {
      const theirs = [at(10), at(30, 'b.go')];
      const mine = [ours('ticker-not-stopped', [10]), ours('response-body-not-closed', [30])];
      const { both, onlyPeer, onlyOurs } = compare('bodyclose', theirs, mine);
      assert.deepEqual([both, onlyPeer, onlyOurs], [[], theirs, [mine[1]]]);
    });

    it('names the rule that is expected when several report there', () => {
      const mine = ['defer-in-loop', 'deferred-in-endless-goroutine'].map((rule) => ours(rule, [10], 'never runs'));
      assert.equal(compare('SA5003', [at(10)], mine).both[0]?.ours.rule, 'deferred-in-endless-goroutine');
    });

    it('leaves out findings of a mapped rule that are about something else', () => {
      const mine = [
        ours('resource-not-closed', [10], '`span` is not ended on every way out'),
        ours('resource-not-closed', [20], '`file` is not closed on every way out'),
      ];
      assert.deepEqual(compare('spancheck', [], mine).onlyOurs, [mine[0]]);
      assert.deepEqual(compare('spancheck', [at(20)], mine).onlyPeer, [at(20)]);
    });
  });

  it('knows a rule for each check', () => {
    for (const check of PEERS.flatMap(({ checks }) => checks)) assert.ok(MAPPING[check]?.rules.length, check);
  });

  it('tells the level of our findings, and counts what comments silence', () => {
    const finding = { message: '', path: 'a.go', line: 3, steps: [{ path: 'b.go', line: 5 }] };
    const report = {
      root: resolve('/module'),
      findings: [
        { ...finding, rule: 'lost-cancel', severity: 'warning' },
        { ...finding, rule: 'time-tick', severity: 'hint' },
      ],
      suppressed: [{ ...finding, rule: 'fire-and-forget', severity: 'hint' }],
    };
    const found = read(report, new Set(['fire-and-forget']));
    assert.deepEqual(
      found.map(({ rule, level }) => `${rule} ${level}`),
      ['lost-cancel shown', 'time-tick hint', 'fire-and-forget off'],
    );
    assert.deepEqual(found[0]?.places, [
      { path: resolve('/module/a.go'), line: 3 },
      { path: resolve('/module/b.go'), line: 5 },
    ]);
  });

  it('prints totals by check and lists each difference with its place', () => {
    const row = {
      peer: 'go vet',
      check: 'lostcancel',
      ...compare(
        'lostcancel',
        [
          at(10, resolve('/module/a.go'), 'not used on all paths'),
          at(50, resolve('/module/a.go'), 'not used on all paths'),
        ],
        [
          { ...ours('lost-cancel', [1], 'leaks', 'hint'), places: [at(10, resolve('/module/a.go'))] },
          { ...ours('lost-cancel', [1]), ...at(90, resolve('/module/a.go'), 'leaks') },
        ],
      ),
    };
    assert.deepEqual(
      table([row])
        .split('\n')
        .map((line) => line.trim().split(/ {2,}/)),
      [
        ['check', 'peer', 'both', 'shown', 'hint', 'off', 'only peer', 'only we'],
        ['go vet lostcancel', '2', '1', '0', '1', '0', '1', '1'],
        ['all', '2', '1', '0', '1', '0', '1', '1'],
      ],
    );
    assert.deepEqual(differences(row, resolve('/module')), [
      '\nonly go vet lostcancel (1):',
      '  a.go:50  not used on all paths',
      '\nonly we, not go vet lostcancel (1):',
      '  a.go:90  lost-cancel (shown): leaks',
    ]);
  });
});
