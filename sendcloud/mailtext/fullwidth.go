package mailtext

// HalfWidth is the ASCII character that a full-width form (U+FF01 to U+FF5E, and the
// ideographic space U+3000) stands for; any other character is itself.
func HalfWidth(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '　':
		return ' '
	}
	return r
}
