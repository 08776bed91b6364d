package apart

func vote(voter string, votes chan<- bool) {
	votes <- voter != "" // want "surplus-senders"
}
