package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/keymap"
	"bounceboard/ui/words"
)

// keysCommand writes every key of the dashboard.
func keysCommand(c *console) *cobra.Command {
	format := "text"
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "keys/"
		s.choice(&format, "format", "text", "md")
	})
	cmd := newCommand(c, "keys [flags]", words.KeysShort, words.KeysLong, words.Sentence{}, output)
	cmd.RunE = func(*cobra.Command, []string) error {
		text := words.KeysMarkdown(c.lang, keymap.Default())
		if format == "text" {
			text = keysText(c.lang)
		}
		_, err := io.WriteString(c.Out, text)
		return outputError(err)
	}
	return cmd
}

// keysText is the dashboard's help as lines.
func keysText(lang words.Lang) string {
	lines := words.HelpLines(lang, keymap.Default(), keymap.Table)
	var b strings.Builder
	for _, l := range lines {
		text := l.Title // or the blank line above one
		if l.Keys != "" {
			text = strings.TrimRight(fmt.Sprintf("%-20s  %s", l.Keys, l.Text), " ")
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}
