package leaky

type harbour int

func (h harbour) HighTide(day int) (int, error) { return int(h) + day*50, nil }

// Drive asks two gauges for a week.
func Drive() {
	_, _ = NewTable(harbour(10), harbour(25)).Lines(1, 7)
}
