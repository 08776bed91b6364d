package stalepoolobject

import (
	"bytes"
	"net/http"
	"sync"
)

// dialogue is what answering one request needs.
type dialogue struct {
	request *http.Request
	out     bytes.Buffer
}

var dialogues = sync.Pool{New: func() any { return new(dialogue) }}

func beginDialogue(r *http.Request) *dialogue {
	e := dialogues.Get().(*dialogue)
	e.out.Reset()
	e.request = r
	return e
}

func (e *dialogue) end() {
	if e.out.Cap() > 1<<16 {
		return
	}
	dialogues.Put(e) // want hint "stale-pool-object: the object goes back into the pool with `r` still in `e.request`"
}

func (e *dialogue) path() string { return e.request.URL.Path }

func converse(w http.ResponseWriter, r *http.Request) {
	e := beginDialogue(r)
	defer e.end()
	e.out.WriteString(e.path())
	w.Write(e.out.Bytes())
}

type reply struct {
	w      http.ResponseWriter
	status int
}

var replies = sync.Pool{New: func() any { return new(reply) }}

func giveBack(p *reply) {
	p.status = 0
	replies.Put(p) // want hint "stale-pool-object: the object goes back into the pool with `w` still in `p.w`"
}

func newReply(w http.ResponseWriter) *reply {
	p := replies.Get().(*reply)
	p.w = w
	return p
}

func useReply(w http.ResponseWriter) int {
	p := newReply(w)
	defer giveBack(p)
	return p.status
}
