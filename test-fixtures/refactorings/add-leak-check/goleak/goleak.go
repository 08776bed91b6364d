package goleak

func Start(stop <-chan struct{}) {
	go func() { <-stop }()
}
