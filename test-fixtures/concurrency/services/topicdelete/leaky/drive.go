package leaky

import (
	"sync"
	"time"
)

type slowDisk struct{}

func (slowDisk) Record(string) {
	time.Sleep(200 * time.Millisecond)
}

// Drive deletes a topic while its last subscriber leaves.
func Drive() {
	b := NewBroker(slowDisk{})
	t := b.Topic("alerts", true)
	t.Subscribe("pager")
	var clients sync.WaitGroup
	clients.Go(func() { b.Delete("alerts") })
	clients.Go(func() { t.Unsubscribe("pager") })
	clients.Wait()
}
