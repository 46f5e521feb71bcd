package cli

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"bounceboard/keymap"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// manCommand writes the manual page. What it says of the commands is their --help.
func manCommand(c *console) *cobra.Command {
	cmd := newCommand(c, "man [flags]", words.ManShort, words.ManLong, words.Sentence{})
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		_, err := io.WriteString(c.Out, c.manual(cmd.Root()))
		return outputError(err)
	}
	return cmd
}

func (c *console) manual(root *cobra.Command) string {
	page := &manPage{}
	fmt.Fprintf(&page.text, ".TH BOUNCEBOARD 1 %q %q\n.ad l\n", c.now().UTC().Format(time.DateOnly), "bounceboard "+buildVersion())
	page.section("NAME")
	page.lines("bounceboard - " + root.Short)
	page.section("SYNOPSIS")
	page.verbatim("bounceboard [flags]\nbounceboard COMMAND [flags]")
	page.section("DESCRIPTION")
	page.lines(c.words(words.ManDescription))
	page.section("COMMANDS")
	for _, sub := range root.Commands() {
		page.item(sub.Name(), sub.Short)
	}
	page.section("OPTIONS")
	page.verbatim(c.helpOf())
	for _, sub := range root.Commands() {
		page.section("bounceboard " + sub.Name())
		page.verbatim(c.helpOf(sub.Name()))
	}
	for _, list := range []struct {
		head string
		text words.Sentence
	}{{"ENVIRONMENT", words.ManEnvironment}, {"FILES", words.ManFiles}} {
		page.section(list.head)
		for line := range strings.Lines(c.words(list.text)) {
			name, about, _ := strings.Cut(strings.TrimSpace(line), "|")
			page.item(name, about)
		}
	}
	return page.text.String()
}

// helpOf is what the command of that name, or the dashboard, writes with --help.
func (c *console) helpOf(name ...string) string {
	var out bytes.Buffer
	env := c.Env
	env.Args, env.Out = append(name, "--help", "--lang", string(c.lang)), &out
	newConsole(env).run(commands())
	return out.String()
}

// manPage writes groff.
type manPage struct{ text strings.Builder }

func (p *manPage) section(head string) { fmt.Fprintf(&p.text, ".SH %s\n", manText(head)) }

// lines are paragraphs with a blank line between them.
func (p *manPage) lines(text string) {
	p.text.WriteString(strings.ReplaceAll(manText(text), "\n\n", "\n.PP\n") + "\n")
}

func (p *manPage) item(name, about string) {
	fmt.Fprintf(&p.text, ".TP\n\\fB%s\\fR\n%s\n", manText(name), manText(about))
}

func (p *manPage) verbatim(text string) {
	p.text.WriteString(".nf\n" + manText(strings.TrimRight(text, "\n")) + "\n.fi\n")
}

var signs = regexp.MustCompile(`[\x{80}-\x{2fff}]`)

// manText keeps groff from reading text as its own: backslashes, hyphens, and a dot or quote that begins a line. Signs have their names
// in groff, so that an English page needs no option for its character set.
func manText(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return signs.ReplaceAllStringFunc(strings.Join(lines, "\n"), func(sign string) string {
		r, _ := utf8.DecodeRuneInString(sign)
		return fmt.Sprintf(`\[u%04X]`, r)
	})
}

// keymap is the dashboard's keys, with those of one's own.
func (c *console) keymap() keymap.Map {
	file, _ := c.config()
	if file.Keymap == nil { // the file is wrong, and who needs it says so
		return keymap.Default()
	}
	return file.Keymap
}

// keysCommand writes every key of the dashboard.
func keysCommand(c *console) *cobra.Command {
	format := "text"
	output := newGroup(c.lang, words.HelpOutput, func(s *flagSet) {
		s.of = "keys/"
		s.choice(&format, "format", "text", "md")
	})
	cmd := newCommand(c, "keys [flags]", words.KeysShort, words.KeysLong, words.Sentence{}, output)
	cmd.RunE = func(*cobra.Command, []string) error {
		text := words.KeysMarkdown(c.lang, c.keymap())
		if format == "text" { // the dashboard's help as lines
			text = c.words(words.KeysHead) + "\n\n"
			keys := cell.Style{}
			for _, l := range words.HelpLines(c.lang, c.keymap(), keymap.Table) {
				line := l.Title // or the blank line above one
				if l.Keys != "" {
					line = strings.TrimRight(keys.Fit(l.Keys, 14)+" "+keys.Fit(l.Action, 24)+" "+l.Text, " ")
				}
				text += line + "\n"
			}
		}
		_, err := io.WriteString(c.Out, text)
		return outputError(err)
	}
	return cmd
}
