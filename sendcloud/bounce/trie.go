package bounce

import (
	"bytes"
	"maps"
	"slices"
)

// trie holds the words of all rules. A text is looked through from the beginning of each of its words, so
// the cost grows with the text and what is found in it, not with the number of rules.
type trie struct {
	nodes  []node
	words  []string   // the literals by their numbers
	labels []byte     // the byte that leads to a node
	root   [256]int32 // the first node's children: most bytes of a text are read there
	inWord [256]bool  // first bytes of literals that may begin inside a word
}

// node is a state; its children stand in a row.
type node struct {
	child, children int32
	literal         int32 // that ends here, or -1; without children, the one that may go on from here
}

func newTrie(literals map[string]int32) *trie {
	type span struct{ from, to, depth int } // the literals below a node, and how long it is
	words := slices.Sorted(maps.Keys(literals))
	t, queue := &trie{labels: []byte{0}, words: make([]string, len(words))}, []span{{0, len(words), 0}}
	for word, number := range literals {
		t.words[number] = word
	}
	for len(t.nodes) < len(queue) {
		q := queue[len(t.nodes)]
		n := node{child: int32(len(queue)), literal: -1}
		if q.depth > 0 && (len(words[q.from]) == q.depth || q.to == q.from+1) {
			n.literal = literals[words[q.from]]
			q.from++
		}
		for from := q.from; from < q.to; {
			label, to := words[from][q.depth], from+1
			for to < q.to && words[to][q.depth] == label {
				to++
			}
			queue, t.labels = append(queue, span{from, to, q.depth + 1}), append(t.labels, label)
			from = to
		}
		n.children = int32(len(queue)) - n.child
		t.nodes = append(t.nodes, n)
	}
	for k := t.nodes[0].child; k < t.nodes[0].child+t.nodes[0].children; k++ {
		t.root[t.labels[k]] = k
	}
	return t
}

// at calls yield with the literals that begin at b[start], and where they end.
func (t *trie) at(b []byte, start int, yield func(literal int32, end int)) {
	if start > 0 && wordByte(b[start]) && wordByte(b[start-1]) && !t.inWord[b[start]] {
		return
	}
	for k, i := t.root[b[start]], start+1; k != 0; i++ {
		n := &t.nodes[k]
		if n.children == 0 {
			if rest := t.words[n.literal][i-start:]; len(rest) <= len(b)-i && string(b[i:i+len(rest)]) == rest {
				yield(n.literal, i+len(rest))
			}
			return
		}
		if n.literal >= 0 {
			yield(n.literal, i)
		}
		if i == len(b) {
			return
		}
		labels := t.labels[n.child : n.child+n.children]
		if len(labels) > 0 && labels[0] == b[i] { // most have one child
			k = n.child
		} else if down := bytes.IndexByte(labels, b[i]); down > 0 {
			k = n.child + int32(down)
		} else {
			return
		}
	}
}
