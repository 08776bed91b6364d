package receivewithoutsender

import "sync"

// A reader that gets nothing: the channel is for nobody else.
type never struct{}

func (never) Read([]byte) (int, error) {
	forever := make(chan struct{})
	<-forever // want hint "receive-without-sender"
	return 0, nil
}

var once sync.Once

// One goroutine that shows what goes wrong, for the life of the program.
func setUp(show func(string), load func() error) {
	once.Do(func() { start(show, load) })
}

func start(show func(string), load func() error) {
	failures := make(chan string)
	go showAll(failures, show)
	if err := load(); err != nil {
		failures <- err.Error()
	}
}

func showAll(failures chan string, show func(string)) {
	for {
		show(<-failures) // want hint "receive-without-sender"
	}
}
