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

func Concat[E any](all ...[]E) []E {
	var joined []E
	for _, s := range all {
		joined = append(joined, s...)
	}
	return joined
}
`;
