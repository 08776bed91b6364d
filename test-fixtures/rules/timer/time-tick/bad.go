package timetick

import "time"

func watch(messages <-chan string, quit <-chan struct{}, handle func(string), report func()) {
	for {
		select {
		case m := <-messages:
			handle(m)
		case <-time.Tick(time.Minute): // want "time-tick: each turn of the loop on line 6 makes another ticker here, which is thrown away after one tick at most"
			report()
		case <-quit:
			return
		}
	}
}

func endless(messages <-chan string, handle func(string), report func()) {
	for {
		select {
		case m := <-messages:
			handle(m)
		case <-time.Tick(time.Minute): // want "makes another ticker here"
			report()
		}
	}
}

func pause(n int, send func()) {
	for i := 0; i < n; i++ {
		send()
		<-time.Tick(100 * time.Millisecond) // want "makes another ticker here"
	}
}

func varying(pauses []time.Duration, send func()) {
	for _, d := range pauses {
		tick := time.Tick(d) // want "makes another ticker here"
		send()
		<-tick
	}
}
