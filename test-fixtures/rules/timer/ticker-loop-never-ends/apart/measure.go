package apart

func (p *probe) measure() {
	for range p.ticker.C {
		select {
		case p.values <- p.read():
		default:
		}
	}
}

func (p *probe) Next() (int, bool) {
	select {
	case v := <-p.values:
		return v, true
	case <-p.quit:
		return 0, false
	}
}
