package crew

func (c *Crew) next() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.jobs) == 0 {
		if c.over {
			return nil
		}
		c.ready.Wait() // want "cond-wait: `c.ready.Wait` may never return"
	}
	job := c.jobs[0]
	c.jobs = c.jobs[1:]
	return job
}
