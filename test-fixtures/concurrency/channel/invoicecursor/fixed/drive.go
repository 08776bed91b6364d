package fixed

// Drive totals pages of which the first has a negative invoice.
func Drive() {
	_, _ = Total(func(page int) []Invoice {
		if page > 1 {
			return nil
		}
		return []Invoice{{1, 100}, {2, -5}, {3, 70}}
	})
}
