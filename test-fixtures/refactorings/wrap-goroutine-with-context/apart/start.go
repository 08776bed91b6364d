package apart

import "time"

func keepWarm(ovens []string, check func(string)) {
	for _, o := range ovens {
		go warm(o, check) // refactor
	}
}

func pause() { time.Sleep(time.Second) }
