package unbufferedsignal

import "os"

// ümlaut, so that offsets of bytes and of UTF-16 differ: 𝔾𝕠.
type reloader struct {
	hangups chan os.Signal
	reload  func()
}

func newReloader(reload func()) *reloader {
	return &reloader{reload: reload, hangups: make(chan os.Signal)}
}

func runReloader() {
	newReloader(func() {}).listen()
}
