package fixed

// Drive imports lines of which the second is damaged.
func Drive() {
	i := &Importer{Store: func(string, string) error { return nil }}
	<-i.Start([]string{"color=green", "size", "shape=round"})
}
