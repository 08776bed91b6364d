/** Pairs of programs in which it matters how they are run: by nobody in a hurry, on a usual machine, with the flags as they are. */
import type { Pair } from './whole-program-shapes.ts';

export const PROGRAMS_AS_RUN: Pair[] = [
  {
    title: 'a test that asks for little is run in full',
    leaky: `func TestShort(t *testing.T) {
	rounds := 2
	if testing.Short() {
		rounds = 1
		t.Log("few rounds")
	}
	if testing.Short() && rounds == 1 {
		return
	}
	ch := make(chan int)
	for i := 0; i < rounds; i++ {
		go func() {
			ch <- i // leak: abandoned-send|surplus-senders
		}()
	}
	<-ch
}
`,
    fixed: `func TestShort(t *testing.T) {
	rounds := 2
	if testing.Short() {
		rounds = 1
		t.Log("few rounds")
	}
	if testing.Short() && rounds == 1 {
		return
	}
	ch := make(chan int)
	for i := 0; i < rounds; i++ {
		go func() {
			ch <- i
		}()
	}
	for i := 0; i < rounds; i++ {
		<-ch
	}
}
`,
  },
  {
    title: 'a test leaves out other machines',
    leaky: `func supported() bool {
	switch runtime.GOOS {
	case "plan9", "js":
		return false
	}
	return runtime.GOARCH != "wasm"
}

func TestPlatform(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	if !supported() {
		return
	}
	done := make(chan bool)
	<-done // leak: receive-without-sender
}
`,
    fixed: `func supported() bool {
	switch runtime.GOOS {
	case "plan9", "js":
		return false
	}
	return runtime.GOARCH != "wasm"
}

func TestPlatform(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	if !supported() {
		return
	}
	done := make(chan bool)
	go close(done)
	<-done
}
`,
  },
  {
    title: 'flags have their defaults',
    leaky: `func TestFlags(t *testing.T) {
	workers := flag.Int("workers", 2, "how many")
	quiet := flag.Bool("quiet", false, "say nothing")
	var want int
	flag.IntVar(&want, "want", 1, "how many to wait for")
	flag.Parse()
	if *quiet {
		return
	}
	ch := make(chan int)
	for i := 0; i < *workers; i++ {
		go func() {
			ch <- i // leak: abandoned-send|surplus-senders
		}()
	}
	for i := 0; i < want; i++ {
		<-ch
	}
}
`,
    fixed: `func TestFlags(t *testing.T) {
	workers := flag.Int("workers", 2, "how many")
	quiet := flag.Bool("quiet", false, "say nothing")
	var want int
	flag.IntVar(&want, "want", 2, "how many to wait for")
	flag.Parse()
	if *quiet {
		return
	}
	ch := make(chan int)
	for i := 0; i < *workers; i++ {
		go func() {
			ch <- i
		}()
	}
	for i := 0; i < want; i++ {
		<-ch
	}
}
`,
  },
];
