import type { RuleText } from '../rule.ts';

export const text: RuleText = {
  messages: {
    found: { en: '', 'zh-cn': '' },
  },
  docs: {
    summary: { en: '', 'zh-cn': '' },
    why: { en: '', 'zh-cn': '' },
    silent: { en: '', 'zh-cn': '' },
    fix: { en: '', 'zh-cn': '' },
    bad: `package p
`,
    good: `package p
`,
  },
};
