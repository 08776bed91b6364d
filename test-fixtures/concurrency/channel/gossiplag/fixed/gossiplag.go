package fixed

import "slices"

// Member is a node of a cluster.
type Member struct {
	Name    string
	Applied func() uint64
}

// Cluster knows all members, the local one among them.
type Cluster struct {
	Local   string
	Members []Member
}

type position struct {
	name    string
	applied uint64
}

func (c *Cluster) ask(m Member, out chan<- position) {
	out <- position{m.Name, m.Applied()}
}

// Laggards gives the names of the other members that are more than slack entries behind the given one.
func (c *Cluster) Laggards(index, slack uint64) []string {
	positions := make(chan position)
	for _, m := range c.Members {
		go c.ask(m, positions)
	}
	var behind []string
	for range c.Members {
		p := <-positions
		if p.name != c.Local && p.applied+slack < index {
			behind = append(behind, p.name)
		}
	}
	slices.Sort(behind)
	return behind
}
