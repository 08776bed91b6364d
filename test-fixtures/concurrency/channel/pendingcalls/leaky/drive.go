package leaky

type lost struct{ posted chan uint64 }

func (l lost) Post(id uint64, _ string) error {
	l.posted <- id
	return nil
}

// Drive loses the connection while one of two calls is under way.
func Drive() {
	wire := lost{posted: make(chan uint64)}
	c := NewClient(wire)
	go func() {
		_, _ = c.Call("status")
		_, _ = c.Call("keys")
	}()
	c.Deliver(<-wire.posted, "fine")
	<-wire.posted
	c.Down()
}
