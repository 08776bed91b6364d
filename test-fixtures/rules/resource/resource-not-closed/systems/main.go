// A program with a method for each system: it runs once, whichever it is.
package main

type tool struct{ root string }

func main() {
	t := &tool{root: "."}
	t.install()
}

func (t *tool) install() {
	if t.platform() {
		println("installed")
	}
}
