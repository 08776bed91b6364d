package leaky

type count struct{ records int }

func (c *count) Archive(_ int, segment []string) { c.records += len(segment) }

// Drive fills a segment.
func Drive() {
	j := New(2, &count{})
	j.Append("open")
	j.Append("write")
	j.Append("close")
	j.Close()
}
