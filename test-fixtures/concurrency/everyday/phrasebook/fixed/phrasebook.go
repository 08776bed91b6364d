// Package fixed translates the texts of a program; the dictionary is read when it is first needed.
package fixed

import (
	"fmt"
	"sync"
)

// Lazy is a value that is made when it is first asked for.
type Lazy[T any] struct {
	once  sync.Once
	make  func() T
	value T
}

// Get returns the value.
func (l *Lazy[T]) Get() T {
	l.once.Do(func() {
		l.value = l.make()
	})
	return l.value
}

// Phrasebook translates into one language.
type Phrasebook struct {
	Log        func(text string)
	dictionary Lazy[map[string]string]
}

// Open returns a phrasebook that reads its dictionary later.
func Open(language string, read func(language string) (map[string]string, error), log func(string)) *Phrasebook {
	b := &Phrasebook{Log: log}
	b.dictionary.make = func() map[string]string {
		phrases, err := read(language)
		if err != nil {
			b.Log(fmt.Sprintf("No dictionary for %s", language))
		}
		return phrases
	}
	return b
}

// Translate returns the text in the language of the phrasebook, or unchanged when it does not have it.
func (b *Phrasebook) Translate(text string) string {
	if translated, ok := b.dictionary.Get()[text]; ok {
		return translated
	}
	return text
}

// Warn logs a message in the language of the phrasebook.
func (b *Phrasebook) Warn(format string, args ...any) {
	b.Log(fmt.Sprintf(b.Translate(format), args...))
}
