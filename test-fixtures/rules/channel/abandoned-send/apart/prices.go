package apart

// The answer is sent here, and the channel for it is made where somebody asks.
func answer(questions <-chan *question, price func(string) int) {
	for q := range questions {
		q.price <- price(q.article) // want "abandoned-send"
	}
}
