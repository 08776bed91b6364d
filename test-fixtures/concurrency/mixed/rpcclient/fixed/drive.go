package fixed

type echo chan Frame

func (e echo) Send(f Frame) error {
	e <- f
	return nil
}

func (e echo) Frames() <-chan Frame { return e }

// Drive calls a server that sends everything back and then hangs up.
func Drive() {
	server := make(echo, 1)
	c := NewClient(server)
	_, _ = c.Call("ping")
	close(server)
}
