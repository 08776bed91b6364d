package fixed

// Node is a file or a folder of an archive.
type Node struct {
	Name     string
	Size     int64
	Children []*Node
}

// Filter decides which nodes a search may give and where it need not look.
type Filter struct {
	Accept func(*Node) bool
	Prune  func(*Node) bool
}

type walker struct {
	filter Filter
	found  chan *Node
	stop   chan struct{}
}

// visit tells whether the walk goes on.
func (w *walker) visit(n *Node) bool {
	if w.filter.Prune != nil && w.filter.Prune(n) {
		return true
	}
	if w.filter.Accept(n) {
		select {
		case w.found <- n:
		case <-w.stop:
			return false
		}
	}
	for _, child := range n.Children {
		if !w.visit(child) {
			return false
		}
	}
	return true
}

func (w *walker) run(root *Node) {
	defer close(w.found)
	w.visit(root)
}

// Collect gives accepted nodes until their sizes reach the limit. It walks ahead while the caller's budget is charged.
func Collect(root *Node, filter Filter, limit int64, charge func(int64)) []*Node {
	w := &walker{filter: filter, found: make(chan *Node), stop: make(chan struct{})}
	defer close(w.stop)
	go w.run(root)
	var nodes []*Node
	var total int64
	for n := range w.found {
		nodes = append(nodes, n)
		total += n.Size
		if total >= limit {
			break
		}
		charge(n.Size)
	}
	return nodes
}
