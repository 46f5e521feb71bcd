package bounce

import "math/bits"

// automaton finds all literals in one pass over the text (Aho and Corasick, 1975). Cost grows with
// the text and the hits, not with the number of literals.
type automaton struct {
	root   [256]int32 // the root's children, dense: most bytes of a text are read there
	inWord [256]int32 // those of them that can begin inside a word: few, so most words are passed over
	nodes  []node     // breadth first: what most texts touch lies together, and children in a row
	labels []byte     // the byte that leads to a node
}

// node is a state. The children of common bytes are found by counting bits, those of others (UTF-8
// beyond ASCII) by looking through a few labels.
type node struct {
	common uint64 // bit s: there is a child for symbol s
	child  int32  // the first child; the common ones come first, in the order of their symbols
	others int32  // how many children follow those in common
	fail   int32
	out    int32 // literal that ends here, or -1
	also   int32 // nearest node down the fail chain with a literal, or 0
}

// symbolOf numbers the bytes that folded ASCII consists of: 1 … 37; 0 for any other.
var symbolOf = func() (s [256]uint8) {
	for i, c := range []byte(" abcdefghijklmnopqrstuvwxyz0123456789") {
		s[c] = uint8(i + 1)
	}
	return s
}()

// builder is a trie whose children are chained: small to build, slow to read.
type builder struct {
	nodes  []link
	inWord [256]bool // first bytes of literals that may begin inside a word
}

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

// add enters a literal and returns its number: the one it has when it was there before. One that
// is not inWord need not be found where its first byte goes on with a word.
func (b *builder) add(literal string, number int32, inWord bool) int32 {
	at := int32(0)
	if inWord || !wordByte(literal[0]) {
		b.inWord[literal[0]] = true
	}
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
	a := &automaton{nodes: make([]node, len(b.nodes)), labels: make([]byte, 1, len(b.nodes))}
	order := make([]int32, 1, len(b.nodes)) // of the builder's nodes
	for id := 0; id < len(order); id++ {
		from, n := &b.nodes[order[id]], &a.nodes[id]
		n.out, n.child = from.out, int32(len(order))
		var common [38]int32
		for k := from.child; k != 0; k = b.nodes[k].sibling {
			if s := symbolOf[b.nodes[k].label]; s != 0 {
				common[s] = k
				n.common |= 1 << s
			}
		}
		for _, k := range common {
			if k != 0 {
				order, a.labels = append(order, k), append(a.labels, b.nodes[k].label)
			}
		}
		for k := from.child; k != 0; k = b.nodes[k].sibling {
			if symbolOf[b.nodes[k].label] == 0 {
				order, a.labels = append(order, k), append(a.labels, b.nodes[k].label)
				n.others++
			}
		}
	}
	for id := range a.nodes {
		n := &a.nodes[id]
		for k := n.child; k < n.child+int32(bits.OnesCount64(n.common))+n.others; k++ {
			if id == 0 {
				a.root[a.labels[k]] = k
				if b.inWord[a.labels[k]] {
					a.inWord[a.labels[k]] = k
				}
				continue
			}
			fail := a.step(n.fail, a.labels[id], a.labels[k])
			a.nodes[k].fail, a.nodes[k].also = fail, fail
			if a.nodes[fail].out < 0 {
				a.nodes[k].also = a.nodes[fail].also
			}
		}
	}
	return a
}

// step reads c, which stands behind the byte before.
func (a *automaton) step(at int32, before, c byte) int32 {
	s := symbolOf[c]
	for at != 0 {
		n := &a.nodes[at]
		if s != 0 {
			if n.common&(1<<s) != 0 {
				return n.child + int32(bits.OnesCount64(n.common&(1<<s-1)))
			}
		} else if n.others > 0 {
			from := n.child + int32(bits.OnesCount64(n.common))
			for k := from; k < from+n.others; k++ {
				if a.labels[k] == c {
					return k
				}
			}
		}
		at = n.fail
	}
	if wordByte(before) {
		return a.inWord[c]
	}
	return a.root[c]
}
