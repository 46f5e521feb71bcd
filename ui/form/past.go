package form

import (
	"slices"
	"strconv"
	"strings"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// asked is what stands in the fields as one line, by the names of their flags: days=7 status=invalid,soft_bounce
func (f *Form) asked() string {
	var parts []string
	for i := range f.fields {
		d := &f.fields[i]
		if text := d.value(); !f.givesWay(d) && text != "" {
			parts = append(parts, words.FlagOf(d.param)+"="+quoted(text))
		}
	}
	return strings.Join(parts, " ")
}

// value is what stands in a field, also where it cannot be right; of a choice the words that its flag takes.
func (d *field) value() string {
	if d.codes == nil {
		return strings.TrimSpace(d.input.Text())
	}
	var tokens []string
	for _, code := range d.marked() {
		tokens = append(tokens, d.word(code))
	}
	return strings.Join(tokens, ",")
}

// word is a choice as its flag takes it.
func (d *field) word(code int) string {
	switch d.param {
	case sendcloud.ParamStatus:
		return sendcloud.Status(code).String()
	case sendcloud.ParamSubStatus:
		return strconv.Itoa(code)
	}
	return d.token(code)
}

// quoted is a value without a blank of its own: blanks end a value, and a history has one where there were several.
func quoted(text string) string {
	if !strings.ContainsAny(text, ` "\`) {
		return text
	}
	return strings.ReplaceAll(strconv.Quote(text), " ", `\x20`)
}

// read fills the fields with a line. What the line does not name is emptied.
func (f *Form) read(line string) {
	values := map[string]string{}
	for part := range strings.FieldsSeq(line) {
		name, text, _ := strings.Cut(part, "=")
		if plain, err := strconv.Unquote(text); err == nil && strings.HasPrefix(text, `"`) {
			text = plain
		}
		values[name] = text
	}
	for i := range f.fields {
		d := &f.fields[i]
		text := values[words.FlagOf(d.param)]
		if d.codes == nil {
			d.input.Set(text)
		}
		for at, code := range d.codes {
			d.on[at] = slices.Contains(strings.Split(text, ","), d.word(code))
		}
		d.touched = false
	}
	f.stopped = false
	f.check()
	f.arrange()
}

// goBack fills the fields with what was asked before, or after that.
func (f *Form) goBack(a keymap.Action) screen.Effect {
	now := f.asked()
	step := func() (string, bool) { return f.opt.Past.Older(now) }
	if a == keymap.Newer {
		step = f.opt.Past.Newer
	}
	line, ok := step()
	for ok && line == now {
		line, ok = step()
	}
	if !ok {
		return screen.Say(f.Lang.Say(words.NothingAsked))
	}
	f.read(line)
	return screen.Effect{}
}

// keep writes what is asked into the history.
func (f *Form) keep(e screen.Effect) screen.Effect {
	if err := f.opt.Past.Add(f.asked()); err != nil {
		e.Say = &screen.Notice{Text: f.Lang.Say(words.HistoryLost, err.Error()), Tone: screen.Bad}
	}
	return e
}
