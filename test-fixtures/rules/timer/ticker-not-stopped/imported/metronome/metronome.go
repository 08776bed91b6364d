// Package metronome gives tickers.
package metronome

import "time"

// Beats returns a ticker for a number of beats in a minute.
func Beats(perMinute int) *time.Ticker {
	return time.NewTicker(time.Minute / time.Duration(perMinute))
}

var shared = time.NewTicker(time.Second)

// Shared returns the ticker of the process.
func Shared() *time.Ticker { return shared }
