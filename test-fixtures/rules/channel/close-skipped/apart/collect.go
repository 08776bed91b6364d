package apart

func collect(path string, open func(string) ([]string, error)) (all []string) {
	rows := make(chan string)
	go func() {
		_ = scan(path, open, rows)
	}()
	for r := range rows { // want "close-skipped"
		all = append(all, r)
	}
	return all
}

// A goroutine that runs a function of another file.
func firstWord(text string) string {
	words := make(chan string)
	go splitInto(text, words)
	var first string
	for w := range words { // want "close-skipped"
		if first == "" {
			first = w
		}
	}
	return first
}

func startUp(bind func() error, accept func() bool) error {
	d := &door{bind: bind, open: make(chan struct{})}
	go d.serve(accept)
	<-d.open // want "close-skipped"
	return d.err
}
