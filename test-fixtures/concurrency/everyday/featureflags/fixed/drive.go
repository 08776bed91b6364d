package fixed

// Drive applies a release that changes three features.
func Drive() {
	var f Flags
	changes := f.Watch()
	drawn := make(chan struct{})
	go func() {
		defer close(drawn)
		Redraw(&f, changes, func(string, bool) {})
	}()
	f.Apply(map[string]bool{"search": true, "preview": true, "chat": true})
	f.Close()
	<-drawn
}
