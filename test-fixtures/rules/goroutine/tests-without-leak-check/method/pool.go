package method

type Pool struct{ jobs chan func() }

func (p *Pool) Start(n int) {
	for range n {
		go p.run()
	}
}

func (p *Pool) run() {
	for job := range p.jobs {
		job()
	}
}

func (p *Pool) Stop() { close(p.jobs) }
