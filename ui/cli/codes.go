package cli

import (
	"fmt"
	"io"
	"strings"

	"bounceboard/sendcloud/bounce"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// codeMeaning is a line of the table of codes.
type codeMeaning struct {
	Kind string `json:"kind"`
	Code string `json:"code"`
	EN   string `json:"en"`
	ZH   string `json:"zh"`
}

func codeMeanings() []codeMeaning {
	var all []codeMeaning
	zh := bounce.Codes("zh")
	for i, c := range bounce.Codes("en") {
		all = append(all, codeMeaning{c.Kind, c.Code, c.Meaning, zh[i].Meaning})
	}
	return all
}

// codes writes the table of codes, in both languages whatever the language.
func (a *app) codes(x *explaining, args []string) error {
	if len(args) > 0 {
		return usage(words.CodesAlone, strings.Join(args, " "))
	}
	switch x.format {
	case asJSON:
		return a.output(writeJSON(a.Out, codeMeanings(), "  "))
	case asLines:
		for _, c := range codeMeanings() {
			if err := writeJSON(a.Out, c, ""); err != nil {
				return a.output(err)
			}
		}
		return nil
	}
	width := 0
	if terminal(a.Out) {
		width = columns(a.Out)
		a.checkLocale()
	}
	_, err := io.WriteString(a.Out, codeTable(a.lang, width))
	return a.output(err)
}

// codeTable sets the codes in lines of a width; 0: as wide as they are.
func codeTable(lang words.Lang, width int) string {
	const (
		codeWidth = 6
		least     = 16
		gaps      = 2 + 2 + 2
	)
	all := codeMeanings()
	english, chinese := 0, 0
	for _, c := range all {
		english, chinese = max(english, cell.Width(c.EN)), max(chinese, cell.Width(c.ZH))
	}
	if room := width - codeWidth - gaps; width > 0 && english+chinese > room {
		english = max(least, room*english/(english+chinese))
		chinese = max(least, room-english)
	}
	var b strings.Builder
	kind := ""
	for _, c := range all {
		if c.Kind != kind {
			if kind != "" {
				b.WriteString("\n")
			}
			kind = c.Kind
			fmt.Fprintf(&b, "%s\n", lang.Say(words.CodesOf[kind]))
		}
		en, zh := cell.Style{}.Wrap(c.EN, english), cell.Style{}.Wrap(c.ZH, chinese)
		code := c.Code
		for i := range max(len(en), len(zh)) {
			left, right := "", ""
			if i < len(en) {
				left = en[i]
			}
			if i < len(zh) {
				right = zh[i]
			}
			line := "  " + cell.Style{}.Fit(code, codeWidth) + "  " + cell.Style{}.Fit(left, english) + "  " + right
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			code = ""
		}
	}
	return b.String()
}
