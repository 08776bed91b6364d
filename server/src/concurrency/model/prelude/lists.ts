/** `container/list`, `container/ring` and `container/heap` as the model runs them: simple code with the same results. */

export const LIST = `package list

type Element struct {
	next, prev *Element
	list       *List
	Value      any
}

func (e *Element) Next() *Element { return e.next }
func (e *Element) Prev() *Element { return e.prev }

type List struct {
	front, back *Element
	n           int
}

func New() *List { return &List{} }

func (l *List) Init() *List {
	l.front = nil
	l.back = nil
	l.n = 0
	return l
}

func (l *List) Len() int        { return l.n }
func (l *List) Front() *Element { return l.front }
func (l *List) Back() *Element  { return l.back }

func (l *List) link(e, prev, next *Element) *Element {
	e.list = l
	e.prev = prev
	e.next = next
	if prev != nil {
		prev.next = e
	} else {
		l.front = e
	}
	if next != nil {
		next.prev = e
	} else {
		l.back = e
	}
	l.n = l.n + 1
	return e
}

func (l *List) unlink(e *Element) {
	if e.prev != nil {
		e.prev.next = e.next
	} else {
		l.front = e.next
	}
	if e.next != nil {
		e.next.prev = e.prev
	} else {
		l.back = e.prev
	}
	e.list = nil
	e.next = nil
	e.prev = nil
	l.n = l.n - 1
}

func (l *List) PushFront(v any) *Element { return l.link(&Element{Value: v}, nil, l.front) }
func (l *List) PushBack(v any) *Element  { return l.link(&Element{Value: v}, l.back, nil) }

func (l *List) InsertBefore(v any, mark *Element) *Element {
	if mark.list != l {
		return nil
	}
	return l.link(&Element{Value: v}, mark.prev, mark)
}

func (l *List) InsertAfter(v any, mark *Element) *Element {
	if mark.list != l {
		return nil
	}
	return l.link(&Element{Value: v}, mark, mark.next)
}

func (l *List) Remove(e *Element) any {
	if e.list == l {
		l.unlink(e)
	}
	return e.Value
}

func (l *List) MoveToFront(e *Element) {
	if e.list == l && l.front != e {
		l.unlink(e)
		l.link(e, nil, l.front)
	}
}

func (l *List) MoveToBack(e *Element) {
	if e.list == l && l.back != e {
		l.unlink(e)
		l.link(e, l.back, nil)
	}
}

func (l *List) MoveBefore(e, mark *Element) {
	if e.list == l && mark.list == l && e != mark {
		l.unlink(e)
		l.link(e, mark.prev, mark)
	}
}

func (l *List) MoveAfter(e, mark *Element) {
	if e.list == l && mark.list == l && e != mark {
		l.unlink(e)
		l.link(e, mark, mark.next)
	}
}

func (l *List) PushBackList(other *List) {
	n := other.n
	e := other.front
	for i := 0; i < n; i++ {
		l.PushBack(e.Value)
		e = e.next
	}
}

func (l *List) PushFrontList(other *List) {
	n := other.n
	e := other.back
	for i := 0; i < n; i++ {
		l.PushFront(e.Value)
		e = e.prev
	}
}
`;

export const RING = `package ring

type Ring struct {
	next, prev *Ring
	Value      any
}

func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	first := &Ring{}
	last := first
	for i := 1; i < n; i++ {
		r := &Ring{prev: last}
		last.next = r
		last = r
	}
	last.next = first
	first.prev = last
	return first
}

func (r *Ring) Next() *Ring {
	if r.next == nil {
		return r
	}
	return r.next
}

func (r *Ring) Prev() *Ring {
	if r.prev == nil {
		return r
	}
	return r.prev
}

func (r *Ring) Move(n int) *Ring {
	for ; n < 0; n++ {
		r = r.Prev()
	}
	for ; n > 0; n-- {
		r = r.Next()
	}
	return r
}

func (r *Ring) Len() int {
	if r == nil {
		return 0
	}
	n := 1
	for p := r.Next(); p != r; p = p.Next() {
		n++
	}
	return n
}

func (r *Ring) Do(f func(any)) {
	if r != nil {
		f(r.Value)
		for p := r.Next(); p != r; p = p.Next() {
			f(p.Value)
		}
	}
}
`;

export const HEAP = `package heap

type Interface interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
	Push(x any)
	Pop() any
}

func Init(h Interface) {
	for i := h.Len(); i > 0; i-- {
		down(h, i-1, h.Len())
	}
}

func Push(h Interface, x any) {
	h.Push(x)
	up(h, h.Len()-1)
}

func Pop(h Interface) any {
	last := h.Len() - 1
	h.Swap(0, last)
	down(h, 0, last)
	return h.Pop()
}

func Remove(h Interface, i int) any {
	last := h.Len() - 1
	if i != last {
		h.Swap(i, last)
		down(h, i, last)
		up(h, i)
	}
	return h.Pop()
}

func Fix(h Interface, i int) {
	down(h, i, h.Len())
	up(h, i)
}

func up(h Interface, child int) {
	for child > 0 {
		parent := (child - 1) / 2
		if !h.Less(child, parent) {
			return
		}
		h.Swap(parent, child)
		child = parent
	}
}

func down(h Interface, parent, n int) {
	for {
		least := parent
		left := 2*parent + 1
		if left < n && h.Less(left, least) {
			least = left
		}
		if left+1 < n && h.Less(left+1, least) {
			least = left + 1
		}
		if least == parent {
			return
		}
		h.Swap(parent, least)
		parent = least
	}
}
`;
