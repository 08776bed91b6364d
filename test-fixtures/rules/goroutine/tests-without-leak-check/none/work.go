package none

// Double doubles; the word go is in a comment only.
func Double(v int) int { return 2 * v }
