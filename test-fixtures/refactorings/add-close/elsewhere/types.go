package elsewhere

// Owner stands in another file than its constructor.
type Owner struct{ jobs chan func() }

func (o *Owner) run() {
	for {
		(<-o.jobs)()
	}
}
