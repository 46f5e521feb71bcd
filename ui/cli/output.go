package cli

import (
	"cmp"
	"errors"
	"io"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/ansi"

	"bounceboard/theme"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// stdout is standard output. Where a progress line is on the same terminal it makes room first. It passes many
// rows on with one write, and nothing but whole rows.
type stdout struct {
	c        *console
	progress *progress // nil: there is none
	buf      []byte
}

func (o *stdout) Write(b []byte) (int, error) {
	o.buf = append(o.buf, b...)
	if len(o.buf) >= 64<<10 {
		return len(b), o.flush()
	}
	return len(b), nil
}

func (o *stdout) flush() error {
	if len(o.buf) == 0 {
		return nil
	}
	if o.progress != nil && o.progress.shared {
		o.progress.clear()
	}
	_, err := o.c.Out.Write(o.buf)
	o.buf = o.buf[:0]
	return outputError(err)
}

// outputError makes an error of standard output one of ours. A reader that went away is no failure.
func outputError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EPIPE):
		return errReaderGone
	}
	return failed(words.WriteFailed, config.Reason(err))
}

// exportOptions are how rows and reports are written here.
func exportOptions(c *console, o *options) export.Options {
	e := export.Options{BOM: o.bom, ASCII: ascii(c, o), Lang: c.lang}
	if terminal(c.Out) {
		e.Width = columns(c.Out)
		checkLocale(c)
	}
	return e
}

// writeReport writes numbers about rows to standard output.
func writeReport[T any](c *console, o *options, columns []export.Column[T], lines []T) error {
	out := &stdout{c: c}
	if err := export.WriteAll(export.Format(o.format), out, exportOptions(c, o), columns, lines); err != nil {
		return err
	}
	return out.flush()
}

// styled: standard output shows styles.
func styled(c *console) bool { return terminal(c.Out) && c.Getenv("TERM") != "dumb" }

// writeCard writes lines that are set for a width; in a pipe without styles.
func writeCard(c *console, o *options, lines func(th theme.Theme, width int) []string) error {
	const widest = 100
	width := widest
	if terminal(c.Out) {
		checkLocale(c)
		width = min(columns(c.Out), widest)
	}
	th := theme.New(themeOf(c, o), ascii(c, o))
	text := th.Draw(strings.Join(lines(th, width), "\n") + "\n")
	if !styled(c) {
		text = ansi.Strip(text)
	}
	_, err := io.WriteString(c.Out, text)
	return outputError(err)
}

// checkLocale says that Chinese may be drawn wrongly. It is no reason to stop: many terminals over SSH are UTF-8
// though no locale says so.
func checkLocale(c *console) {
	locale := c.locale("LC_CTYPE")
	if strings.Contains(strings.ToLower(strings.ReplaceAll(locale, "-", "")), "utf8") {
		return
	}
	c.say(c.words(words.LocaleNotUTF8, cmp.Or(locale, "C")))
}

// themeOf is --theme, else what NO_COLOR asks for, else the configuration's.
func themeOf(c *console, o *options) theme.Name {
	var plain theme.Name
	if c.Getenv("NO_COLOR") != "" {
		plain = theme.Mono
	}
	return cmp.Or(theme.Name(o.theme), plain, theme.Name(c.file.Theme), theme.Dark)
}

func ascii(c *console, o *options) bool { return o.ascii || c.file.ASCII }
