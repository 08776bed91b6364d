package loopvariable

func perTurn(urls []string, fetch func(string)) {
	for _, url := range urls {
		go func() { fetch(url) }()
	}
}
