package waitbeforedrain

import (
	"bufio"
	"sync"
)

const places = 32

// A ballot box takes the votes of several halls.
type box struct {
	votes  chan vote
	clerks sync.WaitGroup
}

type vote struct{ hall, name string }

type hall interface {
	count(each func(name string)) error
}

func newBox() *box { return &box{votes: make(chan vote, 256)} }

func (b *box) shut() {
	b.clerks.Wait() // want "this wait for `b.clerks` lasts for ever once more than 256 values are sent on `b.votes`: .* on line 45"
	close(b.votes)
}

func (b *box) result() map[string]int {
	b.shut()
	sums := make(map[string]int)
	for v := range b.votes {
		sums[v.name]++
	}
	return sums
}

func (b *box) read(halls <-chan hall) {
	defer b.clerks.Done()
	for h := range halls {
		_ = h.count(func(name string) {
			if name == "" {
				return
			}
			b.votes <- vote{name: name}
		})
	}
}

func Election(halls <-chan hall) map[string]int {
	b := newBox()
	for range 3 {
		b.clerks.Add(1)
		go b.read(halls)
	}
	return b.result()
}

func Parcels(weights []int, price func(int) int) int {
	prices := make(chan int, 100)
	var wg sync.WaitGroup
	for _, w := range weights {
		wg.Add(1)
		go func() {
			defer wg.Done()
			prices <- price(w)
		}()
	}
	wg.Wait() // want "this wait for `wg` lasts for ever once more than 100 values are sent on `prices`"
	close(prices)
	total := 0
	for p := range prices {
		total += p
	}
	return total
}

func Failures(checks map[string]func() error) error {
	failed := make(chan error, places)
	wg := &sync.WaitGroup{}
	for _, check := range checks {
		wg.Add(1)
		go verify(check, failed, wg)
	}
	wg.Wait() // want "this wait for `wg` lasts for ever once more than 32 values are sent on `failed`"
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func verify(check func() error, failed chan<- error, wg *sync.WaitGroup) {
	defer wg.Done()
	if err := check(); err != nil {
		failed <- err
	}
}

// In these there is room, or somebody receives, or it is not known.

func Seven(price func(int) int) int {
	prices := make(chan int, 7)
	var wg sync.WaitGroup
	for _, w := range [...]int{1, 2, 3, 4, 5, 6, 7} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			prices <- price(w)
		}()
	}
	wg.Wait()
	close(prices)
	return <-prices
}

func Few(weights []int, price func(int) int) int {
	if len(weights) > 10 {
		weights = weights[:10]
	}
	prices := make(chan int, 10)
	var wg sync.WaitGroup
	for _, w := range weights {
		wg.Add(1)
		go func() {
			defer wg.Done()
			prices <- price(w)
		}()
	}
	wg.Wait()
	close(prices)
	return <-prices
}

func Limited(weights []int, price func(int) int) (int, bool) {
	if len(weights) > places {
		return 0, false
	}
	prices := make(chan int, places)
	var wg sync.WaitGroup
	for _, w := range weights {
		wg.Add(1)
		go func() {
			defer wg.Done()
			prices <- price(w)
		}()
	}
	wg.Wait()
	return <-prices, true
}

func Received(weights []int, price func(int) int) int {
	prices := make(chan int, 16)
	sum := make(chan int)
	var wg sync.WaitGroup
	for _, w := range weights {
		wg.Add(1)
		go func() {
			defer wg.Done()
			prices <- price(w)
		}()
	}
	go func() {
		total := 0
		for p := range prices {
			total += p
		}
		sum <- total
	}()
	wg.Wait()
	close(prices)
	return <-sum
}

func FirstOnly(weights []int, price func(int) int) int {
	prices := make(chan int, 16)
	var wg sync.WaitGroup
	for _, w := range weights {
		wg.Add(1)
		go func() {
			defer wg.Done()
			select {
			case prices <- price(w):
			default:
			}
		}()
	}
	wg.Wait()
	return <-prices
}

func Beside(lines *bufio.Scanner, price func(string) int) int {
	prices := make(chan int, 16)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for lines.Scan() {
			if p := price(lines.Text()); p > 0 {
				prices <- p
				return
			}
		}
	}()
	wg.Wait()
	close(prices)
	return <-prices
}

func Batches(batches [][]int, price func(int) int) int {
	total := 0
	for _, batch := range batches {
		prices := make(chan int, 1)
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			prices <- price(len(batch))
		}()
		wg.Wait()
		total += <-prices
	}
	return total
}

// The group counts others.
func Apart(weights []int, price func(int) int, log func()) int {
	prices := make(chan int, 16)
	var wg, logged sync.WaitGroup
	logged.Add(1)
	go func() {
		defer logged.Done()
		log()
	}()
	for _, w := range weights {
		wg.Add(1)
		go func() {
			defer wg.Done()
			prices <- price(w)
		}()
	}
	logged.Wait()
	go func() {
		wg.Wait()
		close(prices)
	}()
	total := 0
	for p := range prices {
		total += p
	}
	return total
}
