package fixed

import (
	"context"
	"time"
)

// Drive charges an order while the gateway is slow.
func Drive() {
	awake := make(chan struct{})
	c := &Client{Tries: 3, Timeout: 10 * time.Millisecond, Gateway: func(order string, _ int) (string, error) {
		<-awake
		return "paid " + order, nil
	}}
	_, _ = c.Charge(context.Background(), "A-17")
	close(awake)
}
