package fixed

type job struct {
	key  int
	cost int
}

type dispatcher struct {
	queues []chan job
	sums   chan int
}

func newDispatcher(shards int) *dispatcher {
	d := &dispatcher{
		queues: make([]chan job, shards),
		sums:   make(chan int, shards),
	}
	for shard := range d.queues {
		d.queues[shard] = make(chan job)
		go d.work(shard)
	}
	return d
}

func (d *dispatcher) work(shard int) {
	sum := 0
	for j := range d.queues[shard] {
		sum += j.cost
	}
	d.sums <- sum
}

// dispatch sends every job to the shard of its key and waits for all shards.
func (d *dispatcher) dispatch(jobs []job) int {
	for _, j := range jobs {
		d.queues[j.key%len(d.queues)] <- j
	}
	for _, queue := range d.queues {
		close(queue)
	}
	total := 0
	for range d.queues {
		total += <-d.sums
	}
	return total
}

// Run spreads some jobs over three shards.
func Run() {
	d := newDispatcher(3)
	jobs := make([]job, 0, 8)
	for key := range 8 {
		jobs = append(jobs, job{key: key, cost: key * key})
	}
	if total := d.dispatch(jobs); total < 0 {
		panic("costs overflow")
	}
}
