package abandonedsend

import (
	"bytes"
	"io"
	"os"
	"time"
)

// There is one standard input for a process, and who reads it does so once.
func piped() *bytes.Buffer {
	read := make(chan bool)
	late := make(chan bool)
	var text bytes.Buffer
	go func() {
		io.Copy(&text, os.Stdin)
		read <- true // want hint "abandoned-send"
	}()
	go func() {
		time.Sleep(10 * time.Millisecond)
		late <- text.Len() == 0 // want hint "abandoned-send"
	}()
	select {
	case empty := <-late:
		if empty {
			return nil
		}
		<-read
	case <-read:
	}
	return &text
}
