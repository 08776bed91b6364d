package copiedlock

import (
	"reflect"
	"sync"
	"testing"
)

func TestMerge(t *testing.T) {
	a, b := &header{}, &header{}
	if !reflect.DeepEqual(*a, *b) { // want hint "copied-lock: `\\*a`" "copied-lock: `\\*b`"
		t.Fatal("differ")
	}
}

func TestGroup(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go done(wg) // vet-only: told at the parameter
	wg.Wait()
}

func done(wg sync.WaitGroup) { // want "copied-lock: .*copy of `wg` .*`Done`"
	wg.Done()
}
