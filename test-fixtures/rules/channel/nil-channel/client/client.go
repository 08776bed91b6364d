package client

// Pool has a channel once Begin has been called: whether somebody does that is not known.
type Pool struct {
	jobs  chan string
	sizes []int
}

func NewPool() *Pool { return &Pool{sizes: []int{1}} }

func (p *Pool) Begin(work func(string)) {
	p.jobs = make(chan string, 100)
	go func() {
		for j := range p.jobs {
			work(j)
		}
	}()
}

func (p *Pool) Add(jobs []string) {
	go func() {
		for _, j := range jobs {
			p.jobs <- j // want hint "nil-channel: `p.jobs` is nil"
		}
	}()
}

func (p *Pool) Sizes() []int { return p.sizes }

// Queue has none at all.
type Queue struct {
	jobs  chan string
	sizes []int
}

func NewQueue() *Queue { return &Queue{sizes: []int{1}} }

func (q *Queue) Add(jobs []string) {
	go func() {
		for _, j := range jobs {
			q.jobs <- j // want "nil-channel: `q.jobs` is nil"
		}
	}()
}

func (q *Queue) End() { q.jobs = nil }
