package bounce

// automaton finds all literals in one pass over the text (Aho and Corasick, 1975). Cost grows with
// the text and the hits, not with the number of literals.
type automaton struct {
	root   [256]int32 // the root's children, dense: most bytes of a text are read there
	nodes  []node
	labels []byte // children of a node, sorted by byte
	next   []int32
}

type node struct {
	first, last int32 // children in labels and next
	fail        int32
	out         int32 // literal that ends here, or -1
	also        int32 // nearest node down the fail chain with a literal, or 0
}

type builder struct {
	children []map[byte]int32
	out      []int32
}

func newBuilder() *builder { return &builder{children: []map[byte]int32{{}}, out: []int32{-1}} }

// add enters a literal and returns its number: the one it has when it was there before.
func (b *builder) add(literal string, number int32) int32 {
	at := int32(0)
	for i := range len(literal) {
		to, ok := b.children[at][literal[i]]
		if !ok {
			to = int32(len(b.children))
			b.children[at][literal[i]] = to
			b.children = append(b.children, map[byte]int32{})
			b.out = append(b.out, -1)
		}
		at = to
	}
	if b.out[at] < 0 {
		b.out[at] = number
	}
	return b.out[at]
}

func (b *builder) build() *automaton {
	a := &automaton{nodes: make([]node, len(b.children))}
	for i, kids := range b.children {
		n := &a.nodes[i]
		n.out, n.first = b.out[i], int32(len(a.labels))
		for c := range 256 {
			if to, ok := kids[byte(c)]; ok {
				a.labels = append(a.labels, byte(c))
				a.next = append(a.next, to)
				if i == 0 {
					a.root[c] = to
				}
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
