package apart

import (
	"errors"
	"time"
)

type question struct {
	article string
	price   chan int
}

func ask(article string, price func(string) int) (int, error) {
	questions := make(chan *question)
	defer close(questions)
	go answer(questions, price)
	q := &question{article: article, price: make(chan int)}
	questions <- q
	select {
	case p := <-q.price:
		return p, nil
	case <-time.After(time.Second):
		return 0, errors.New("no price for " + article)
	}
}
