package apart

func warm(oven string, check func(string)) {
	for {
		pause()
		check(oven)
	}
}
