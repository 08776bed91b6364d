import { MODEL_MESSAGES } from '../shared-text.ts';
import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    ...MODEL_MESSAGES,
    recursion: {
      en: '`{name}.Do` is reached{where} by the function that `{name}.Do` is running: it waits for that function to return, so the goroutine waits for itself for ever',
      'zh-cn':
        '`{name}.Do` 正在执行的函数又执行到了 `{name}.Do`{where}：它会等待该函数返回，因此该 goroutine 会永远等待自己',
    },
  },
  docs: {
    summary: {
      en: 'The function that `sync.Once` runs calls `Do` of the same `Once`.',
      'zh-cn': '`sync.Once` 所执行的函数又调用了同一个 `Once` 的 `Do`。',
    },
    why: {
      en: '`Do` returns when the function has run, for everybody: a second caller waits for the first. When the second caller is the function itself, perhaps through a getter that makes sure that everything is set up, it waits for its own end. The goroutine hangs, and with it everybody who calls `Do` later.',
      'zh-cn':
        '对所有调用者来说，`Do` 都要等函数执行完才返回：第二个调用者会等待第一个。如果第二个调用者就是该函数自身（例如通过一个确保初始化完成的 getter），它就在等待自己结束。该 goroutine 会挂起，之后调用 `Do` 的所有人也一样。',
    },
    silent: {
      en: '- the two `Once` are different values, or may be\n- the inner call stands on a way that is not taken while the function runs, or hangs on a field or package variable that may not be set before it is over\n- the inner call runs in a goroutine that the function does not wait for',
      'zh-cn':
        '- 两个 `Once` 是（或可能是）不同的值\n- 内层调用所在的路径在该函数执行期间不会走到，或取决于函数结束前可能尚未设置的字段或包变量\n- 内层调用在另一个 goroutine 中执行，而该函数并不等待它',
    },
    fix: {
      en: 'Let the function use the fields it has just set, not the getter that calls `Do`.',
      'zh-cn': '让该函数直接使用刚刚设置的字段，而不是调用会执行 `Do` 的 getter。',
    },
    bad: `package p

import "sync"

type Settings struct {
	once   sync.Once
	values map[string]string
}

func (s *Settings) Get(key string) string {
	s.once.Do(s.load)
	return s.values[key]
}

func (s *Settings) load() {
	s.values = map[string]string{"region": "eu"}
	s.values["host"] = "db." + s.Get("region")
}
`,
    good: `package p

import "sync"

type Settings struct {
	once   sync.Once
	values map[string]string
}

func (s *Settings) Get(key string) string {
	s.once.Do(s.load)
	return s.values[key]
}

func (s *Settings) load() {
	s.values = map[string]string{"region": "eu"}
	s.values["host"] = "db." + s.values["region"]
}
`,
  },
};
