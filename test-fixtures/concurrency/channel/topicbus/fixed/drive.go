package fixed

// Drive publishes to a topic somebody subscribed to and to one nobody did.
func Drive() {
	b := NewBus()
	_ = b.Subscribe("orders", func(Message) {})
	_ = b.Publish(Message{Topic: "orders"})
	b.Close()
	_ = b.Publish(Message{Topic: "refunds"})
}
