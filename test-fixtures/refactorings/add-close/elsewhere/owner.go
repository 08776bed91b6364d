package elsewhere

func NewOwner() *Owner {
	o := &Owner{jobs: make(chan func())}
	go o.run() // not offered
	return o
}
