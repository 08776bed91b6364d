package fixed

// Drive reports without a buffer.
func Drive() {
	r := NewReporter(func(Point) {}, WithPrefix("app."))
	defer r.Close()
	r.Report("load", 0.5)
}
