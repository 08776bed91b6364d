package leaky

// Drive shows a short timeline.
func Drive() {
	posts := []Event{{"ada", "wrote"}, {"bob", "wrote"}}
	likes := []Event{{"cyd", "liked"}}
	Timeline(posts, likes, func(Event) {})
}
