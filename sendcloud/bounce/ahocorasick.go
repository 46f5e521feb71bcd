package bounce

// automaton finds all literals in one pass over the text (Aho and Corasick, 1975). Cost grows with
// the text and the hits, not with the number of literals.
type automaton struct {
	root   [256]int32 // the root's children, dense: most bytes of a text are read there
	nodes  []node
	labels []byte // children of a node
	next   []int32
}

type node struct {
	first, last int32 // children in labels and next
	fail        int32
	out         int32 // literal that ends here, or -1
	also        int32 // nearest node down the fail chain with a literal, or 0
}

// builder is a trie whose children are chained: small to build, slow to read.
type builder struct{ nodes []link }

type link struct {
	child, sibling int32 // 0: none
	out            int32
	label          byte
}

func newBuilder() *builder { return &builder{nodes: []link{{out: -1}}} }

func (b *builder) child(at int32, c byte) int32 {
	for k := b.nodes[at].child; k != 0; k = b.nodes[k].sibling {
		if b.nodes[k].label == c {
			return k
		}
	}
	return 0
}

// add enters a literal and returns its number: the one it has when it was there before.
func (b *builder) add(literal string, number int32) int32 {
	at := int32(0)
	for i := range len(literal) {
		to := b.child(at, literal[i])
		if to == 0 {
			to = int32(len(b.nodes))
			b.nodes = append(b.nodes, link{sibling: b.nodes[at].child, out: -1, label: literal[i]})
			b.nodes[at].child = to
		}
		at = to
	}
	if b.nodes[at].out < 0 {
		b.nodes[at].out = number
	}
	return b.nodes[at].out
}

func (b *builder) build() *automaton {
	a := &automaton{nodes: make([]node, len(b.nodes))}
	for i := range b.nodes {
		n := &a.nodes[i]
		n.out, n.first = b.nodes[i].out, int32(len(a.labels))
		for k := b.nodes[i].child; k != 0; k = b.nodes[k].sibling {
			a.labels = append(a.labels, b.nodes[k].label)
			a.next = append(a.next, k)
			if i == 0 {
				a.root[b.nodes[k].label] = k
			}
		}
		n.last = int32(len(a.labels))
	}
	queue := []int32{0}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for k := a.nodes[at].first; k < a.nodes[at].last; k++ {
			to := a.next[k]
			if at != 0 {
				a.nodes[to].fail = a.step(a.nodes[at].fail, a.labels[k])
			}
			if fail := a.nodes[to].fail; a.nodes[fail].out >= 0 {
				a.nodes[to].also = fail
			} else {
				a.nodes[to].also = a.nodes[fail].also
			}
			queue = append(queue, to)
		}
	}
	return a
}

func (a *automaton) step(at int32, c byte) int32 {
	for at != 0 {
		n := &a.nodes[at]
		for k := n.first; k < n.last; k++ {
			if a.labels[k] == c {
				return a.next[k]
			}
		}
		at = n.fail
	}
	return a.root[c]
}
