package fixed

// Drive closes a store that is never compacted by itself.
func Drive() {
	s := Open(func() error { return nil }, Settings{})
	s.Close()
}
