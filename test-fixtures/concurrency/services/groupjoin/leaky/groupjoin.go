// Package leaky shares the partitions of a topic among the members of a consumer group.
package leaky

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

type assignor interface {
	assign(members []string, partitions int) (map[string][]int, error)
}

type evenly struct {
	perMember int
}

func (e evenly) assign(members []string, partitions int) (map[string][]int, error) {
	if len(members)*e.perMember > partitions {
		return nil, fmt.Errorf("%d members for %d partitions", len(members), partitions)
	}
	shares := make(map[string][]int)
	for p := range partitions {
		member := members[p%len(members)]
		shares[member] = append(shares[member], p)
	}
	return shares, nil
}

type coordinator struct {
	assignor   assignor
	partitions int
	expected   int

	full    chan struct{}
	closing chan struct{}
	done    sync.WaitGroup

	mu      sync.Mutex
	waiting map[string]chan []int
	failure error
}

func newCoordinator(a assignor, partitions, expected int) *coordinator {
	c := &coordinator{
		assignor:   a,
		partitions: partitions,
		expected:   expected,
		full:       make(chan struct{}, 1),
		closing:    make(chan struct{}),
		waiting:    make(map[string]chan []int),
	}
	c.done.Add(1)
	go c.rebalance()
	return c
}

// join waits until the group is complete and returns the partitions of one member.
func (c *coordinator) join(member string) ([]int, error) {
	share := make(chan []int, 1)
	c.mu.Lock()
	c.waiting[member] = share
	if len(c.waiting) == c.expected {
		c.full <- struct{}{}
	}
	c.mu.Unlock()
	partitions, ok := <-share // blocked: receive-without-sender|close-skipped
	if !ok {
		return nil, c.err()
	}
	return partitions, nil
}

func (c *coordinator) err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failure
}

func (c *coordinator) rebalance() {
	defer c.done.Done()
	for {
		select {
		case <-c.full:
			c.distribute()
		case <-c.closing:
			return
		}
	}
}

func (c *coordinator) distribute() {
	c.mu.Lock()
	defer c.mu.Unlock()
	shares, err := c.assignor.assign(slices.Sorted(maps.Keys(c.waiting)), c.partitions)
	if err != nil {
		c.failure = err
		return
	}
	for member, share := range c.waiting {
		share <- shares[member]
		close(share)
	}
	clear(c.waiting)
}

func (c *coordinator) close() {
	close(c.closing)
	c.done.Wait()
}

// Run lets more members join than there are partitions.
func Run() {
	c := newCoordinator(evenly{perMember: 2}, 4, 3)
	defer c.close()
	var members sync.WaitGroup
	for _, id := range []string{"reader-1", "reader-2", "reader-3"} {
		members.Go(func() {
			_, _ = c.join(id)
		})
	}
	members.Wait()
}
