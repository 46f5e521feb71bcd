package words

import (
	"flag"
	"fmt"
	"go/format"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write sentences.go anew")

// generated is sentences.go: a variable for each line of sentences.tsv, so that the compiler finds a wrong name.
func generated(t *testing.T) string {
	table, err := os.ReadFile("sentences.tsv")
	require.NoError(t, err)
	text := "// Code generated from sentences.tsv by go test ./ui/words -update; DO NOT EDIT.\n\npackage words\n"
	open := false
	for line := range strings.Lines(string(table)) {
		topic, isTopic := strings.CutPrefix(strings.TrimRight(line, "\n"), "# ")
		fields := strings.Split(topic, "\t")
		switch {
		case isTopic && open:
			text += ")\n\n// " + topic + "\nvar (\n"
		case isTopic:
			text += "\n// " + topic + "\nvar (\n"
			open = true
		case len(fields) == 2:
			text += fmt.Sprintf("\t%s = document(%q)\n", fields[0], fields[0])
		default:
			require.Len(t, fields, 3, "a name, English and Chinese: %q", line)
			text += fmt.Sprintf("\t%s = Sentence{%s, %s}\n", fields[0], quoted(fields[1]), quoted(fields[2]))
		}
	}
	source, err := format.Source([]byte(text + ")\n"))
	require.NoError(t, err)
	return string(source)
}

// quoted is a Go string that keeps what is not ASCII readable.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func TestSentencesAreThoseOfTheTable(t *testing.T) {
	want := generated(t)
	if *update {
		require.NoError(t, os.WriteFile("sentences.go", []byte(want), 0o644)) //nolint:gosec // source code
	}
	got, err := os.ReadFile("sentences.go")
	require.NoError(t, err)
	require.Equal(t, want, string(got), "go test ./ui/words -update writes it anew")
}
