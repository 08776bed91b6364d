package doublesend

import (
	"os"
	"testing"
)

// What a test needs is there, or it fails: what comes behind that happens.
func TestAnswers(t *testing.T) {
	f, err := os.Open("answers.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	answers := make(chan string)
	go func() {
		answers <- f.Name()
		answers <- "done" // want "double-send"
	}()
	if got := <-answers; got == "" {
		t.Error("no name")
	}
}
