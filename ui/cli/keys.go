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
		if format == "text" { // the dashboard's help as lines
			text = ""
			for _, l := range words.HelpLines(c.lang, keymap.Default(), keymap.Table) {
				line := l.Title // or the blank line above one
				if l.Keys != "" {
					line = strings.TrimRight(fmt.Sprintf("%-20s  %s", l.Keys, l.Text), " ")
				}
				text += line + "\n"
			}
		}
		_, err := io.WriteString(c.Out, text)
		return outputError(err)
	}
	return cmd
}
