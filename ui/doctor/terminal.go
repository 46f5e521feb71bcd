package doctor

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"

	"bounceboard/ui/words"
)

// signs are drawn with one column here, the last with two. Some terminals think otherwise.
var signs = []struct {
	text  string
	width int
}{{"…", 1}, {"·", 1}, {"─", 1}, {"–", 1}, {"▌", 1}, {"中", 2}}

// Terminal asks the terminal how wide it draws some signs, and whether it marks what is pasted. It is the only
// place that asks: a late answer would be read as keys. Line and modes are as before when it returns.
func Terminal(l words.Lang, tty *os.File) []Check {
	widths := Check{Name: words.DoctorWidths, Found: l.Say(words.DoctorSilent)}
	paste := Check{Name: words.DoctorPaste, Found: l.Say(words.DoctorSilent)}
	answers, err := question(tty)
	if err != nil {
		widths.Found = err.Error()
	}
	if columns := cursorColumns(answers); len(columns) == len(signs) {
		var found, wrong []string
		for i, s := range signs {
			width := columns[i] - 1
			found = append(found, fmt.Sprintf("%s %d", s.text, width))
			if width != s.width {
				wrong = append(wrong, s.text)
			}
		}
		widths.Found = strings.Join(found, "  ")
		if len(wrong) > 0 {
			widths.State, widths.Cure = Wrong, l.Say(words.DoctorWidthsCure, strings.Join(wrong, " "))
		}
	}
	if said := pasteMode.FindStringSubmatch(answers); said != nil {
		if paste.Found = l.Say(words.DoctorPasteMarked); said[1] == "0" {
			paste.State, paste.Found = Hint, l.Say(words.DoctorPasteUnmarked)
			paste.Cure = l.Say(words.DoctorPasteCure)
		}
	}
	return []Check{widths, paste}
}

var (
	pasteMode    = regexp.MustCompile(`\x1b\[\?2004;(\d)\$y`)
	cursorReport = regexp.MustCompile(`\x1b\[\d+;(\d+)R`)
)

// cursorColumns are the columns that the cursor was reported in, from 1.
func cursorColumns(answers string) (columns []int) {
	for _, m := range cursorReport.FindAllStringSubmatch(answers, -1) {
		n, _ := strconv.Atoi(m[1]) // it is digits
		columns = append(columns, n)
	}
	return columns
}

// patience is how long the terminal has for all its answers.
const patience = time.Second

// question draws each sign and asks where the cursor is, and returns what the terminal answered in time.
func question(tty *os.File) (answers string, err error) {
	before, err := term.MakeRaw(tty.Fd())
	if err != nil {
		return "", err
	}
	defer func() {
		_, _ = tty.WriteString("\r\x1b[K")
		_ = term.Restore(tty.Fd(), before)
	}()
	// The mode is asked first: whoever answers the last cursor report has answered all it will.
	ask := "\x1b[?2004$p"
	for _, s := range signs {
		ask += "\r\x1b[K" + s.text + "\x1b[6n"
	}
	if _, err := tty.WriteString(ask); err != nil {
		return "", err
	}
	buf := make([]byte, 256)
	for end := time.Now().Add(patience); len(cursorColumns(answers)) < len(signs); {
		left := time.Until(end)
		ready := []unix.PollFd{{Fd: int32(tty.Fd()), Events: unix.POLLIN}} //nolint:gosec // a file descriptor is small
		if n, err := unix.Poll(ready, int(max(0, left.Milliseconds()))); n == 0 || err != nil && err != unix.EINTR {
			break
		}
		n, err := tty.Read(buf)
		if err != nil {
			break
		}
		answers += string(buf[:n])
	}
	return answers, nil
}
