package detail

import (
	"fmt"
	"strconv"
	"strings"

	"bounceboard/ui/cell"
)

// longestLink is what terminals take in an OSC 8 at least (VTE: 2083 bytes).
const longestLink = 2000

// findLinks finds the http and https links of s. Only characters that RFC 3986
// has in a URL belong to one, without quotes and brackets, which mostly stand
// around it.
func findLinks(s string) []cell.Span {
	var links []cell.Span
	for i := 0; ; {
		at := strings.Index(s[i:], "://")
		if at < 0 {
			return links
		}
		at += i
		i = at + len("://")
		start := at
		for start > 0 && isLetter(s[start-1]) {
			start--
		}
		if scheme := strings.ToLower(s[start:at]); scheme != "http" && scheme != "https" {
			continue
		}
		host := i
		for i < len(s) && inURL(s[i]) {
			i++
		}
		end := host + len(strings.TrimRight(s[host:i], ".,;:!?&*"))
		if end > host && (isLetter(s[host]) || s[host] >= '0' && s[host] <= '9') && end-start <= longestLink {
			links = append(links, cell.Span{Start: start, End: end})
		}
	}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func inURL(c byte) bool {
	return isLetter(c) || c >= '0' && c <= '9' || strings.IndexByte("-._~:/?#@!$&*+,;=%", c) >= 0
}

// hyperlink lets shown, a part of the link to url, be clicked (OSC 8). Parts
// with the same id are one link, also over several lines. url is one that
// findLinks found: nothing in it can end the sequence.
func hyperlink(id int, url, shown string) string {
	return fmt.Sprintf("\x1b]8;id=bb%d;%s\x1b\\%s\x1b]8;;\x1b\\", id, url, shown)
}

// Hyperlinks tells from the environment whether the terminal knows OSC 8; it
// cannot be asked without a query. Inside tmux only tmux counts: from 3.4 it
// passes links on to terminals that know them, and its TERM_PROGRAM says so;
// older ones and GNU screen do not. Over SSH mostly nothing but TERM arrives.
func Hyperlinks(getenv func(string) string) bool {
	kind, program := getenv("TERM"), getenv("TERM_PROGRAM")
	switch {
	case kind == "dumb" || getenv("STY") != "":
		return false
	case getenv("TMUX") != "" || strings.HasPrefix(kind, "tmux") || strings.HasPrefix(kind, "screen"):
		return program == "tmux" && tmuxPasses(getenv("TERM_PROGRAM_VERSION"))
	case atLeast(getenv("VTE_VERSION"), 5000), atLeast(getenv("KONSOLE_VERSION"), 201200):
		return true
	case getenv("KITTY_WINDOW_ID") != "", getenv("WT_SESSION") != "", getenv("GHOSTTY_RESOURCES_DIR") != "":
		return true
	}
	switch program {
	case "iTerm.app", "WezTerm", "ghostty", "vscode", "rio":
		return true
	}
	for _, name := range []string{"xterm-kitty", "xterm-ghostty", "wezterm", "foot", "alacritty", "contour", "rio"} {
		if kind == name || strings.HasPrefix(kind, name+"-") {
			return true
		}
	}
	return false
}

func atLeast(number string, least int) bool {
	n, err := strconv.Atoi(number)
	return err == nil && n >= least
}

// tmuxPasses reads versions such as 3.4, 3.5a and next-3.6.
func tmuxPasses(version string) bool {
	version = strings.TrimPrefix(version, "next-")
	major, rest, _ := strings.Cut(version, ".")
	minor := strings.TrimRight(rest, "abcdefghijklmnopqrstuvwxyz-")
	return major == "3" && atLeast(minor, 4) || atLeast(major, 4)
}
