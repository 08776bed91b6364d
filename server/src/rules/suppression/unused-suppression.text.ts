import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    unused: {
      en: 'this comment silences nothing: {names} finds nothing here',
      'zh-cn': '此注释不起作用：{names} 在这里没有发现问题',
    },
    'partly-unused': {
      en: 'this comment need not name {names}, which finds nothing here',
      'zh-cn': '此注释不必提到 {names}：该规则在这里没有发现问题',
    },
    'fix-remove': { en: 'Remove the comment', 'zh-cn': '删除此注释' },
    'fix-shorten': { en: 'Remove {names} from the comment', 'zh-cn': '从注释中删除 {names}' },
  },
  docs: {
    summary: {
      en: 'A `//hygiene:ignore` comment has nothing to silence.',
      'zh-cn': '`//hygiene:ignore` 注释没有可以抑制的问题。',
    },
    why: {
      en: 'The code it spoke of was repaired or has moved, or the comment stands at the wrong line. It still tells readers that something is wrong here, and it would hide the next leak at this place.',
      'zh-cn':
        '它所指的代码已经修复或移走，或者注释写错了行。它仍然让读者以为这里有问题，并且会掩盖这里将来出现的泄漏。',
    },
    silent: {
      en: '- a rule that it names is off, does not exist, or does not run because its findings are not asked for\n- some of the file could not be parsed or took too much work: there may be something to silence\n- `//hygiene:daemon`, `//nolint` and `//lint:ignore`, which tell readers and other tools something, too\n- comments that name `goroutine-hygiene` for all rules',
      'zh-cn':
        '- 所提到的规则已关闭、不存在，或因不需要其结果而没有运行\n- 文件中有部分内容无法解析或过于复杂：也许有可以抑制的问题\n- `//hygiene:daemon`、`//nolint` 和 `//lint:ignore`，它们也供读者和其他工具使用\n- 用 `goroutine-hygiene` 代表全部规则的注释',
    },
    fix: {
      en: 'Remove the comment, or the name from its list. Where it stands at the wrong line, move it to the line of the finding or above it.',
      'zh-cn': '删除该注释，或从列表中删除规则名。如果写错了行，把它移到问题所在的行或其上方。',
    },
    bad: `package p

import "sync"

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n < 0 {
		return false //hygiene:ignore missing-unlock the caller unlocks
	}
	c.n += n
	return true
}
`,
    good: `package p

import "sync"

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add(n int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n < 0 {
		return false
	}
	c.n += n
	return true
}
`,
  },
};
