// Package fixed keeps coupons that may be used a number of times.
package fixed

import (
	"iter"
	"sync"
)

// Book holds coupons by code.
type Book struct {
	mu   sync.Mutex
	left map[string]int
}

// Add puts a coupon into the book.
func (b *Book) Add(code string, times int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left == nil {
		b.left = make(map[string]int)
	}
	b.left[code] += times
}

// All yields the coupons with the number of times each may still be used.
func (b *Book) All() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		b.mu.Lock()
		defer b.mu.Unlock()
		for code, left := range b.left {
			if !yield(code, left) {
				return
			}
		}
	}
}

// Use takes a coupon once and tells whether that was allowed.
func (b *Book) Use(code string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left[code] == 0 {
		return false
	}
	b.left[code]--
	return true
}

// Checkout uses any coupon that is left and returns its code.
func Checkout(b *Book) (string, bool) {
	for {
		usable := ""
		for code, left := range b.All() {
			if left > 0 {
				usable = code
				break
			}
		}
		if usable == "" {
			return "", false
		}
		if b.Use(usable) {
			return usable, true
		}
	}
}
