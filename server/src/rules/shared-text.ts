/** Texts that several rules use. */
import type { Localized } from './rule.ts';

/** Messages that `pathSteps` in `witness.ts` needs. Spread them into a rule's `messages`. */
export const PATH_MESSAGES = {
  'step-when': { en: 'when `{cond}` holds', 'zh-cn': '当 `{cond}` 成立时' },
  'step-unless': { en: 'when `{cond}` does not hold', 'zh-cn': '当 `{cond}` 不成立时' },
  'step-comm': { en: 'the `select` goes on with `{comm}`', 'zh-cn': '`select` 选择 `{comm}` 继续' },
  'step-default': { en: 'the `select` goes on with `default`', 'zh-cn': '`select` 选择 `default` 继续' },
  'step-return': { en: 'the function returns here', 'zh-cn': '函数在此返回' },
  'step-end': { en: 'the function ends here', 'zh-cn': '函数在此结束' },
  'step-again': { en: 'the loop comes round and does it again', 'zh-cn': '循环再次执行到这里' },
  'step-overwritten': { en: 'the variable gets a new value here', 'zh-cn': '变量在此被重新赋值' },
} satisfies Record<string, Localized>;

/** Messages that `endlessSteps` in `endless-report.ts` needs. */
export const ENDLESS_MESSAGES = {
  'step-calls': {
    en: 'the goroutine calls this function, which does not return',
    'zh-cn': 'goroutine 调用了这个不会返回的函数',
  },
  'step-loop': {
    en: 'no `return`, `break` or panic leads out of here',
    'zh-cn': '没有 `return`、`break` 或 panic 可以离开这里',
  },
} satisfies Record<string, Localized>;
