package apart

func (c *courier) Send(parcel string) {
	go c.run(parcel)
}
