package apart

type mill struct {
	flour func(string)
	// Its constructor leaves it out.
	sacks chan string
	stop  chan struct{}
}

func (m *mill) run() {
	for {
		select {
		case s := <-m.sacks:
			m.flour(s)
		case <-m.stop:
			return
		}
	}
}

func (m *mill) grind(sack string) {
	m.sacks <- sack // want "nil-channel"
}
