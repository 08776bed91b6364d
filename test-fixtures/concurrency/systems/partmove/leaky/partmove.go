// Package leaky moves partitions between brokers: all are copied first, then they change their owner in one step.
package leaky

import (
	"sync"
	"time"
)

type broker struct {
	mu         sync.Mutex
	partitions map[int]int
}

func newBroker(partitions map[int]int) *broker {
	return &broker{partitions: partitions}
}

func (b *broker) fetch(partition int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.partitions[partition]
}

func (b *broker) accept(partition, offset int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.partitions[partition] = offset
}

func (b *broker) release(partition int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.partitions, partition)
}

type plan struct {
	partition int
	from, to  *broker
}

type coordinator struct {
	limit    int
	inflight int
	movers   sync.WaitGroup
	fence    chan struct{}
}

func newCoordinator(limit int) *coordinator {
	return &coordinator{limit: limit, fence: make(chan struct{})}
}

func (c *coordinator) move(p plan) {
	defer c.movers.Done()
	offset := p.from.fetch(p.partition)
	time.Sleep(time.Millisecond)
	<-c.fence
	p.to.accept(p.partition, offset)
	p.from.release(p.partition)
}

func (c *coordinator) start(p plan) {
	c.movers.Add(1)
	c.inflight++
	go c.move(p)
}

func (c *coordinator) rebalance(plans []plan) {
	for _, p := range plans {
		if c.inflight == c.limit {
			c.movers.Wait() // blocked: wait-in-spawn-loop
			c.inflight = 0
		}
		c.start(p)
	}
	close(c.fence)
	c.movers.Wait()
}

// Run moves three partitions, at most two at a time.
func Run() {
	a, b := newBroker(map[int]int{0: 100, 1: 250, 2: 70}), newBroker(make(map[int]int))
	newCoordinator(2).rebalance([]plan{{0, a, b}, {1, a, b}, {2, a, b}})
}
