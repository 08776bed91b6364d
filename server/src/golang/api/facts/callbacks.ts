/** Functions whose only interest here is that they call an argument before they return. */
import type { FactTable } from '../fact.ts';
import { each, under } from './define.ts';

const first: FactTable[string] = { calls: [{ param: 0, when: 'sync' }] };
const second: FactTable[string] = { calls: [{ param: 1, when: 'sync' }] };
const third: FactTable[string] = { calls: [{ param: 2, when: 'sync' }] };

const textFunctions =
  'ContainsFunc FieldsFunc FieldsFuncSeq IndexFunc LastIndexFunc TrimFunc TrimLeftFunc TrimRightFunc';

export const callbackFacts: FactTable = {
  ...under('sort', {
    ...each('Slice SliceStable SliceIsSorted', { ...second, borrows: [0] }),
    ...each('Search Find', second),
  }),
  ...under('slices', {
    ...each(
      'SortFunc SortStableFunc IsSortedFunc ContainsFunc IndexFunc DeleteFunc CompactFunc MinFunc MaxFunc',
      second,
    ),
    ...each('SortedFunc SortedStableFunc', second),
    ...each('BinarySearchFunc CompareFunc EqualFunc', third),
  }),
  ...under('maps', { DeleteFunc: second, EqualFunc: third }),
  ...under('strings', { ...each(textFunctions, second), Map: first }),
  ...under('bytes', { ...each(textFunctions, second), Map: first }),
  ...under('regexp', { ...each('Regexp.ReplaceAllFunc Regexp.ReplaceAllStringFunc', second) }),
  ...under('flag', {
    ...each('Visit VisitAll FlagSet.Visit FlagSet.VisitAll', first),
    ...each('Func BoolFunc FlagSet.Func FlagSet.BoolFunc', { calls: [{ param: 2, when: 'async' }] }),
  }),
  ...under('expvar', { ...each('Do Map.Do', first) }),
  'container/ring.Ring.Do': first,
};
