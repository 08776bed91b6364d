package busyselect

type inbox struct {
	mail, urgent chan string
	quit         chan struct{}
}

// What is said in a default that does nothing goes with it.
func (b *inbox) read(show func(string)) {
	for {
		select {
		case m := <-b.mail:
			show(m)
		case <-b.quit:
			return
		default: // want "busy-select: "
			// no mail
			// yet
		}
	}
}

// A comment about the next arm stays.
func (b *inbox) readAll(show func(string)) {
	for {
		select {
		case m := <-b.mail:
			show(m)
		default: // want "busy-select: "
			// look again
			continue
		// Urgent mail is shown as well.
		case m := <-b.urgent:
			show(m)
		case <-b.quit:
			return
		}
	}
}

func (b *inbox) readUrgent(show func(string)) {
	for {
		select {
		default: // want "busy-select: "
			continue // none

		// Somebody has it.
		case m := <-b.urgent:
			show(m)
		}
	}
}
