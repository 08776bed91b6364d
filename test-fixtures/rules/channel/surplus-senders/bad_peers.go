package surplussenders

type peer struct {
	name string
}

func (p peer) grant(round int) bool {
	return len(p.name) > round
}

type ballot struct {
	round int
	peers []peer
}

// As many are asked as there are, and as many answers are read as it takes.
func (b *ballot) won() bool {
	votes := make(chan bool)
	for _, p := range b.peers {
		go func() {
			votes <- p.grant(b.round) // want "surplus-senders"
		}()
	}
	granted := 0
	for range b.peers {
		if <-votes {
			granted++
		}
		if granted > len(b.peers)/2 {
			return true
		}
	}
	return false
}
