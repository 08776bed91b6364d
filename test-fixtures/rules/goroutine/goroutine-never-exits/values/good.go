package values

type desk struct {
	posts chan string
	quit  chan struct{}
}

func NewDesk(quiet bool) *desk {
	d := &desk{posts: make(chan string), quit: make(chan struct{})}
	serve := d.serve
	if quiet {
		serve = d.drop
	}
	go serve()
	return d
}

func (d *desk) serve() {
	for {
		select {
		case p := <-d.posts:
			println(p)
		case <-d.quit:
			return
		}
	}
}

func (d *desk) drop() {
	for range d.posts {
	}
}

func (d *desk) Close() {
	close(d.quit)
	close(d.posts)
}
