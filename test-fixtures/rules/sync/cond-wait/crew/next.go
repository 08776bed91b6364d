package crew

func (c *Crew) next() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.jobs) == 0 {
		if c.over {
			return nil
		}
		c.ready.Wait() // want "`c.ready.Wait` may go on waiting after its condition has ended: several may wait here"
	}
	job := c.jobs[0]
	c.jobs = c.jobs[1:]
	return job
}
