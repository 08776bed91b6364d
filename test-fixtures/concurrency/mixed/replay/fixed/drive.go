package fixed

import "context"

// Drive finds the first of three records and adds a fourth.
func Drive() {
	var t Topic
	for _, record := range []string{"a", "b", "c"} {
		t.Append(record)
	}
	t.Ensure(context.Background(), "a")
	t.Ensure(context.Background(), "d")
}
