package apart

func show(pages []int, print func(int)) {
	numbers := make(chan int)
	go showAll(numbers, print)
	for _, p := range pages {
		numbers <- p
	}
}
