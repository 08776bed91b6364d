/** Functions of `slices` as the model runs them, where all is computed. */
export const SLICES = `package slices

func Contains[E comparable](s []E, v E) bool {
	for _, x := range s {
		if x == v {
			return true
		}
	}
	return false
}

func ContainsFunc[E any](s []E, f func(E) bool) bool {
	for _, x := range s {
		if f(x) {
			return true
		}
	}
	return false
}

func Index[E comparable](s []E, v E) int {
	for i, x := range s {
		if x == v {
			return i
		}
	}
	return -1
}

func IndexFunc[E any](s []E, f func(E) bool) int {
	for i, x := range s {
		if f(x) {
			return i
		}
	}
	return -1
}

func Delete[E any](s []E, i, j int) []E {
	return append(s[:i], s[j:]...)
}

func DeleteFunc[E any](s []E, f func(E) bool) []E {
	kept := s[:0]
	for _, x := range s {
		if !f(x) {
			kept = append(kept, x)
		}
	}
	return kept
}

func Insert[E any](s []E, i int, v ...E) []E {
	tail := s[i:]
	return append(append(s[:i], v...), tail...)
}

func Clone[E any](s []E) []E {
	if s == nil {
		return nil
	}
	return append([]E{}, s...)
}

func Reverse[E any](s []E) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}

func SortFunc[E any](s []E, compare func(a, b E) int) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && compare(s[j], s[j-1]) < 0; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

func SortStableFunc[E any](s []E, compare func(a, b E) int) {
	SortFunc(s, compare)
}

func Max[E any](s []E) E {
	best := s[0]
	for _, x := range s[1:] {
		if x > best {
			best = x
		}
	}
	return best
}

func Min[E any](s []E) E {
	best := s[0]
	for _, x := range s[1:] {
		if x < best {
			best = x
		}
	}
	return best
}

func Concat[E any](all ...[]E) []E {
	var joined []E
	for _, s := range all {
		joined = append(joined, s...)
	}
	return joined
}
`;

/** Functions of `sort` that are told how to compare; of the slice it does not matter what is in it. */
export const SORT = `package sort

type Interface interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
}

func Sort(data Interface) {
	for i := 1; i < data.Len(); i++ {
		for j := i; j > 0 && data.Less(j, j-1); j-- {
			data.Swap(j, j-1)
		}
	}
}

func Stable(data Interface) {
	Sort(data)
}

func Slice(s []any, less func(i, j int) bool) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && less(j, j-1); j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

func SliceStable(s []any, less func(i, j int) bool) {
	Slice(s, less)
}
`;
