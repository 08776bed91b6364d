// Package commands is the command line of a program.
package commands

import (
	"bufio"
	"context"
	"database/sql"
	"log"
	"os"
	"time"
)

type command struct {
	Use string
	Run func(*command, []string) error
}

// AuditCommand runs until its process is ended.
var AuditCommand = &command{Use: "audit", Run: audit}

func audit(_ *command, names []string) error {
	db, err := sql.Open("any", "")
	if err != nil {
		return err
	}
	for _, name := range names {
		listen(name, db)
	}
	time.Sleep(time.Hour)
	return nil
}

func listen(name string, db *sql.DB) {
	go func() { // want hint "goroutine-never-exits"
		for {
			if _, err := db.Exec(name); err != nil {
				log.Print(err)
			}
		}
	}()
}

// The context says when the work is over, and the goroutine goes on.
var mirrorCommand = &command{Use: "mirror", Run: func(*command, []string) error {
	return mirror(context.Background())
}}

func mirror(ctx context.Context) error {
	go func() { // want "goroutine-never-exits"
		for {
			time.Sleep(time.Minute)
			log.Print("still here")
		}
	}()
	<-ctx.Done()
	return ctx.Err()
}

// A command that listens for each connection.
var serveCommand = &command{Use: "serve", Run: func(_ *command, names []string) error {
	db, err := sql.Open("any", "")
	if err != nil {
		return err
	}
	queue := make(chan string)
	go func() {
		defer close(queue)
		for _, name := range names {
			queue <- name
		}
	}()
	for name := range queue {
		answer(name, db)
	}
	return nil
}}

func answer(name string, db *sql.DB) {
	go func() { // want "goroutine-never-exits"
		for {
			if _, err := db.Exec(name); err != nil {
				log.Print(err)
			}
		}
	}()
}

// Keys come as long as the process does, and a read of them cannot be ended.
func Keys(ctx context.Context, keys *sql.DB) {
	go func() { // want hint "goroutine-never-exits"
		b := make([]byte, 1)
		for {
			if _, err := os.Stdin.Read(b); err == nil {
				_, _ = keys.Exec(string(b))
			}
		}
	}()
	<-ctx.Done()
}

func Lines(ctx context.Context, lines *sql.DB) {
	go func() { // want hint "goroutine-never-exits"
		reader := bufio.NewReader(os.Stdin)
		for {
			if line, err := reader.ReadString('\n'); err == nil {
				_, _ = lines.Exec(line)
			}
		}
	}()
	<-ctx.Done()
}

// Any other file can be closed.
func Follow(ctx context.Context, file *os.File, lines *sql.DB) {
	go func() { // want "goroutine-never-exits"
		reader := bufio.NewReader(file)
		for {
			if line, err := reader.ReadString('\n'); err == nil {
				_, _ = lines.Exec(line)
			}
		}
	}()
	<-ctx.Done()
}
