package apart

func newMill(flour func(string)) *mill {
	m := &mill{
		flour: flour,
		stop:  make(chan struct{}),
	}
	go m.run()
	return m
}

func grindOne(flour func(string)) {
	m := newMill(flour)
	defer close(m.stop)
	m.grind("wheat")
}
