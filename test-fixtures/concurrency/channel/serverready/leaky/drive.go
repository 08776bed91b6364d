package leaky

import "errors"

type taken struct{}

func (taken) Bind(string) error      { return errors.New("address in use") }
func (taken) Accept() (string, bool) { return "", false }

// Drive starts a server on an address that is taken.
func Drive() {
	s := &Server{Address: ":80", Listener: taken{}}
	_ = s.Start()
}
