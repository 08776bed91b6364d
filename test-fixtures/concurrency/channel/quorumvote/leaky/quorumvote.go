package leaky

import "sync"

// Peer is another member of the cluster.
type Peer interface {
	RequestVote(term uint64, candidate string) bool
}

// LocalPeer votes for the first candidate of each term.
type LocalPeer struct {
	Name  string
	mu    sync.Mutex
	Votes map[uint64]string
}

// RequestVote implements Peer.
func (p *LocalPeer) RequestVote(term uint64, candidate string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if voted, ok := p.Votes[term]; ok {
		return voted == candidate
	}
	p.Votes[term] = candidate
	return true
}

// Node is the member that stands for election.
type Node struct {
	ID     string
	Peers  []Peer
	term   uint64
	leader bool
}

func (n *Node) quorum() int {
	return (len(n.Peers)+1)/2 + 1
}

// Campaign starts an election and tells whether it was won.
func (n *Node) Campaign() bool {
	n.term++
	term, votes := n.term, make(chan bool)
	for _, peer := range n.Peers {
		go func() {
			votes <- peer.RequestVote(term, n.ID) // blocked: surplus-senders
		}()
	}
	n.leader = n.tally(votes)
	return n.leader
}

// tally counts until the election is decided; the node has voted for itself.
func (n *Node) tally(votes <-chan bool) bool {
	granted, refused := 1, 0
	for granted < n.quorum() {
		if <-votes {
			granted++
			continue
		}
		refused++
		if refused > len(n.Peers)+1-n.quorum() {
			return false
		}
	}
	return true
}
