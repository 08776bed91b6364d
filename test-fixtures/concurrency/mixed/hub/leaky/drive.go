package leaky

// Drive publishes more lines than a follower wants.
func Drive() {
	h := NewHub()
	f := h.Follow()
	go f.Until("ready")
	h.Publish("booting", "ready", "request")
}
