package parcels

// waiter is somebody who waits for news.
type waiter struct {
	place chan place
}

func newWaiter() *waiter {
	return &waiter{place: make(chan place)}
}

func (w *waiter) tell(p place) {
	w.place <- p // want "abandoned-send: nobody is left who could receive from `w.place`"
}
