package bounce

import (
	"maps"
	"slices"
)

// trie holds the words of all rules. A text is looked through from the beginning of each of its words.
type trie struct {
	nodes  []node
	words  []string       // the literals by their numbers
	labels []byte         // the byte that leads to a node
	pairs  [1 << 16]int32 // the node that the first two bytes lead to; no literal is shorter
	inWord [256]bool      // first bytes of literals that may begin inside a word
}

// node is a state; its children stand in a row.
type node struct {
	child, children int32
	literal         int32  // that ends here, or -1; without children, the one that may go on from here
	bytes           uint64 // bit c&63 for each byte c that leads to a child: most texts go no further
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
		if q.depth == 2 {
			t.pairs[int(words[q.from][0])<<8|int(words[q.from][1])] = int32(len(t.nodes))
		}
		if q.depth > 1 && (len(words[q.from]) == q.depth || q.to == q.from+1) {
			n.literal = literals[words[q.from]]
			q.from++
		}
		for from := q.from; from < q.to; {
			label, to := words[from][q.depth], from+1
			for to < q.to && words[to][q.depth] == label {
				to++
			}
			queue, t.labels = append(queue, span{from, to, q.depth + 1}), append(t.labels, label)
			n.bytes |= 1 << (label & 63)
			from = to
		}
		n.children = int32(len(queue)) - n.child
		t.nodes = append(t.nodes, n)
	}
	return t
}

// begins tells whether a literal may begin at b[i].
func (t *trie) begins(b []byte, i int) bool {
	return i+1 < len(b) && (i == 0 || !wordByte(b[i-1]) || !wordByte(b[i]) || t.inWord[b[i]])
}

// at calls yield with the literals that begin at b[start], and where they end.
func (t *trie) at(b []byte, start int, yield func(literal int32, end int)) {
	for k, i := t.pairs[int(b[start])<<8|int(b[start+1])], start+2; k != 0; i++ {
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
		if i == len(b) || n.bytes&(1<<(b[i]&63)) == 0 {
			return
		}
		k = n.child
		for last := k + n.children; t.labels[k] != b[i]; {
			if k++; k == last {
				return
			}
		}
	}
}
