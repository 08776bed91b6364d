package leaky

type discard struct{}

func (discard) Write(int, []string) error { return nil }

// Drive flushes a cache with a retired shard.
func Drive() {
	c := New(4, discard{})
	c.Touch("a")
	c.Touch("bb")
	c.Retire(2)
	_ = c.Flush()
}
