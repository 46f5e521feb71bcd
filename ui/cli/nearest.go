package cli

import "bounceboard/ui/words"

// meant asks "did you mean" where a known word is close to what was typed;
// else it says nothing. prefix is written before the known word.
func meant(typed string, known []string, prefix string) words.Sentence {
	best, at := "", 1+max(1, len(typed)/3)
	for _, word := range known {
		if d := edits(typed, word); d < at {
			best, at = word, d
		}
	}
	if best == "" {
		return words.Sentence{}
	}
	return filled(words.DidYouMean, prefix+best)
}

// edits is the Levenshtein distance.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
