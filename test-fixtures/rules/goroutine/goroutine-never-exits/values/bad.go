package values

type board struct {
	posts chan string
	reads chan chan []string
	quit  chan struct{}
}

func NewBoard() *board {
	b := &board{posts: make(chan string), reads: make(chan chan []string), quit: make(chan struct{})}
	serve := b.serve
	go serve() // want "this goroutine never ends: its loop on line 18 waits for `<-b.posts`, `<-b.reads` again and again"
	return b
}

func (b *board) serve() {
	var all []string
	for {
		select {
		case p := <-b.posts:
			all = append(all, p)
		case to := <-b.reads:
			to <- append([]string(nil), all...)
		}
	}
}

func (b *board) Post(p string) bool {
	select {
	case b.posts <- p:
		return true
	case <-b.quit:
		return false
	}
}

func (b *board) Close() { close(b.quit) }
