package main

import (
	"log"
	"net/http"
	"time"
)

func main() {
	go heartbeat(time.Minute) // refactor
	if err := http.ListenAndServe("localhost:8080", nil); err != nil {
		log.Print(err)
	}
}

func heartbeat(every time.Duration) {
	for {
		time.Sleep(every)
		log.Print("alive")
	}
}
