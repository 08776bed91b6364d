package leaky

// Drive takes a host out of the configuration.
func Drive() {
	f := &Forwarder{Send: func(string, string) {}}
	f.Configure([]string{"alpha", "beta"})
	f.Log("started")
	f.Configure([]string{"beta", "gamma"})
	f.Log("configured")
	f.Close()
}
