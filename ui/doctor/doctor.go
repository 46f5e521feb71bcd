// Package doctor checks what the program needs from its surroundings: the service, the environment and the
// terminal. It changes nothing, and each check that finds something wrong says how to mend it.
package doctor

import (
	"cmp"
	"context"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"bounceboard/ui/words"
)

// State is how a check ended.
type State int

// The states.
const (
	Fine  State = iota
	Hint        // it works, and could be better
	Wrong       // something needs mending
)

// Check is one thing that was looked at.
type Check struct {
	Name  words.Sentence
	State State
	Found string // what is there, in the language that was asked for
	Cure  string // what to do; empty where nothing is to be done
}

// Environment checks what the environment says of the terminal: character set, colours, the way to the
// clipboard, and tmux. theme is the one in use.
func Environment(ctx context.Context, l words.Lang, getenv func(string) string, theme string) []Check {
	return append([]Check{locale(l, getenv), colours(l, getenv, theme), clipboard(l, getenv)}, tmux(ctx, l, getenv)...)
}

func locale(l words.Lang, getenv func(string) string) Check {
	value := cmp.Or(getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG"), "C")
	check := Check{Name: words.DoctorLocale, Found: value}
	if !strings.Contains(strings.ToLower(strings.ReplaceAll(value, "-", "")), "utf8") {
		check.State, check.Cure = Hint, l.Say(words.DoctorLocaleCure)
	}
	return check
}

func colours(l words.Lang, getenv func(string) string, theme string) Check {
	found := []string{"TERM=" + getenv("TERM")}
	for _, name := range []string{"COLORTERM", "COLORFGBG", "NO_COLOR"} {
		if v := getenv(name); v != "" {
			found = append(found, name+"="+v)
		}
	}
	check := Check{Name: words.DoctorColours, Found: l.Say(words.DoctorTheme, strings.Join(found, " "), theme)}
	if term := getenv("TERM"); term == "" || term == "dumb" {
		check.State, check.Cure = Hint, l.Say(words.DoctorTermCure)
	}
	return check
}

func clipboard(l words.Lang, getenv func(string) string) Check {
	way := words.DoctorClipTerminal
	switch {
	case getenv("TMUX") != "":
		way = words.DoctorClipTmux
	case getenv("STY") != "":
		way = words.DoctorClipScreen
	}
	return Check{Name: words.DoctorClipboard, Found: l.Say(way)}
}

// slowEscape is the escape-time of tmux, in milliseconds, from which esc is felt to be late.
const slowEscape = 100

// tmux checks the settings of the tmux we run in.
func tmux(ctx context.Context, l words.Lang, getenv func(string) string) []Check {
	if getenv("TMUX") == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	option := func(name string) string {
		value, err := exec.CommandContext(ctx, "tmux", "show-options", "-gsv", name).Output()
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(value))
	}
	clip := Check{Name: words.DoctorTmuxClipboard, Found: cmp.Or(option("set-clipboard"), l.Say(words.DoctorUnknown))}
	if clip.Found == "off" {
		clip.State, clip.Cure = Wrong, l.Say(words.DoctorTmuxClipboardCure)
	}
	escape := Check{Name: words.DoctorTmuxEscape, Found: cmp.Or(option("escape-time"), l.Say(words.DoctorUnknown))}
	if ms, err := strconv.Atoi(escape.Found); err == nil {
		escape.Found += " ms"
		if ms > slowEscape {
			escape.State, escape.Cure = Hint, l.Say(words.DoctorTmuxEscapeCure)
		}
	}
	return []Check{clip, escape}
}
