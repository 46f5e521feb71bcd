package detail

import (
	"fmt"
	"regexp"
	"strings"

	"bounceboard/ui/cell"
)

// longestLink is what terminals take in an OSC 8 at least (VTE: 2083 bytes).
const longestLink = 2000

// url is an http or https link. Only characters that RFC 3986 has in a URL belong to it, without quotes and brackets, which mostly
// stand around it.
var url = regexp.MustCompile(`(?i)\bhttps?://[a-z0-9][-a-z0-9._~:/?#@!$&*+,;=%]*`)

// findLinks finds the links of s, without the stops behind them.
func findLinks(s string) (links []cell.Span) {
	for _, at := range url.FindAllStringIndex(s, -1) {
		end := at[0] + len(strings.TrimRight(s[at[0]:at[1]], ".,;:!?&*"))
		if end-at[0] <= longestLink {
			links = append(links, cell.Span{Start: at[0], End: end})
		}
	}
	return links
}

// hyperlink lets shown, a part of the link to url, be clicked (OSC 8). Parts with the same id are one link, also over several
// lines. url is one that findLinks found: nothing in it can end the sequence.
func hyperlink(id int, url, shown string) string {
	return fmt.Sprintf("\x1b]8;id=bb%d;%s\x1b\\%s\x1b]8;;\x1b\\", id, url, shown)
}

// Hyperlinks tells from the environment whether the terminal knows OSC 8; it cannot be asked without a query. Inside tmux only tmux
// counts: it passes links on, or drops them without harm, and its TERM_PROGRAM names it. Over SSH mostly nothing but TERM arrives.
func Hyperlinks(getenv func(string) string) bool {
	kind, program := getenv("TERM"), getenv("TERM_PROGRAM")
	switch {
	case kind == "dumb" || getenv("STY") != "":
		return false
	case getenv("TMUX") != "" || strings.HasPrefix(kind, "tmux") || strings.HasPrefix(kind, "screen"):
		return program == "tmux"
	}
	return getenv("VTE_VERSION")+getenv("KONSOLE_VERSION")+getenv("KITTY_WINDOW_ID")+getenv("WT_SESSION") != "" ||
		knowing.MatchString(program) || knowing.MatchString(kind)
}

// knowing are the names of terminals that know links, as TERM_PROGRAM and TERM say them.
var knowing = regexp.MustCompile(`^(iTerm\.app|WezTerm|vscode|rio|(xterm-)?(kitty|ghostty)|wezterm|foot|alacritty|contour)(-|$)`)
