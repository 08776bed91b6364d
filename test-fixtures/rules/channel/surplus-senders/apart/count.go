package apart

// The first vote counts.
func decide(voters []string) bool {
	votes := make(chan bool)
	for _, v := range voters {
		go vote(v, votes)
	}
	return <-votes
}
