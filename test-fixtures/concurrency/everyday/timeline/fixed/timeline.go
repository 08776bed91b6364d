// Package fixed merges what happened in several places into one timeline.
package fixed

// Merge passes on the values of two feeds as they come.
func Merge[T any](a, b <-chan T) <-chan T {
	merged := make(chan T)
	go func() {
		defer close(merged)
		for a != nil || b != nil {
			select {
			case v, ok := <-a:
				if !ok {
					a = nil
					continue
				}
				merged <- v
			case v, ok := <-b:
				if !ok {
					b = nil
					continue
				}
				merged <- v
			}
		}
	}()
	return merged
}

func feed[T any](values []T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v
		}
	}()
	return out
}

// Event is something that somebody did.
type Event struct{ Who, What string }

// Timeline calls show for all posts and likes, mixed.
func Timeline(posts, likes []Event, show func(Event)) int {
	count := 0
	for event := range Merge(feed(posts), feed(likes)) {
		show(event)
		count++
	}
	return count
}
