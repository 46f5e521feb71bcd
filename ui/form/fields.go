package form

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/chart"
	"bounceboard/ui/screen"
	"bounceboard/ui/textfield"
	"bounceboard/ui/words"
)

// spec is what the form knows of a field. Package words says its label, its hint and why its value is wrong, by param.
type spec struct {
	param sendcloud.Param
	apart bool                       // a blank line stands above it
	unset string                     // what the service takes where nothing is given; empty: any
	codes []int                      // what there is to choose; nil: text is typed
	at    func(*sendcloud.Query) any // points to the value
}

var specs = []spec{
	{param: sendcloud.ParamEmail, at: func(q *sendcloud.Query) any { return &q.Emails }},
	{param: sendcloud.ParamEmailIDs, at: func(q *sendcloud.Query) any { return &q.EmailIDs }},
	{param: sendcloud.ParamStatus, apart: true, codes: as[int](sendcloud.Statuses()), at: func(q *sendcloud.Query) any { return &q.Statuses }},
	{param: sendcloud.ParamSubStatus, codes: as[int](sendcloud.SubStatuses()), at: func(q *sendcloud.Query) any { return &q.SubStatuses }},
	{param: words.FilterCause, at: nowhere, codes: as[int](slices.DeleteFunc(bounce.Causes(), arrived))},
	{param: words.FilterPermanence, at: nowhere, codes: as[int]([]bounce.Permanence{bounce.Permanent, bounce.Temporary, bounce.Unknown})},
	{param: sendcloud.ParamDays, apart: true, unset: "-", at: func(q *sendcloud.Query) any { return &q.Days }},
	{param: sendcloud.ParamStartDate, unset: "-", at: func(q *sendcloud.Query) any { return &q.StartDate }},
	{param: sendcloud.ParamEndDate, unset: "-", at: func(q *sendcloud.Query) any { return &q.EndDate }},
	{param: sendcloud.ParamAPIUsers, apart: true, at: func(q *sendcloud.Query) any { return &q.APIUsers }},
	{param: sendcloud.ParamLabelName, at: func(q *sendcloud.Query) any { return &q.LabelName }},
	{param: sendcloud.ParamLabelID, at: func(q *sendcloud.Query) any { return &q.LabelID }},
	{param: sendcloud.ParamStart, apart: true, unset: "0", at: func(q *sendcloud.Query) any { return &q.Start }},
	{param: sendcloud.ParamLimit, unset: "100", at: func(q *sendcloud.Query) any { return &q.Limit }},
}

func arrived(c bounce.Cause) bool { return c == bounce.Delivered }

// nowhere is where the value of a filter made here stands in the query.
func nowhere(*sendcloud.Query) any { return nil }

// as is codes of one kind as those of another.
func as[To, From ~int | ~uint8](codes []From) (out []To) {
	for _, c := range codes {
		out = append(out, To(c))
	}
	return out
}

// separator joins the values of a list in its field.
const separator = ", "

// rivals are the fields before which an untouched one gives way: an address wants all its mail, days exclude dates.
var rivals = map[sendcloud.Param][]sendcloud.Param{
	sendcloud.ParamStatus:    {sendcloud.ParamEmail, sendcloud.ParamEmailIDs},
	sendcloud.ParamSubStatus: {sendcloud.ParamEmail, sendcloud.ParamEmailIDs},
	sendcloud.ParamDays:      {sendcloud.ParamStartDate, sendcloud.ParamEndDate},
	sendcloud.ParamStartDate: {sendcloud.ParamDays},
	sendcloud.ParamEndDate:   {sendcloud.ParamDays},
}

type field struct {
	spec
	input   textfield.Field
	touched bool // its value was changed by hand
	on      []bool
	cursor  int // of a choice: in codes
	wrong   *sendcloud.ParameterError
}

func (d *field) date() bool {
	return d.param == sendcloud.ParamStartDate || d.param == sendcloud.ParamEndDate
}

func newField(s spec, q sendcloud.Query) field {
	d := field{spec: s, on: make([]bool, len(s.codes)), input: textfield.New(s.text(q), 0)}
	said := append(as[int](q.Statuses), as[int](q.SubStatuses)...) // no code is both
	for i, c := range d.codes {
		d.on[i] = local[d.param] == 0 && slices.Contains(said, c)
	}
	return d
}

// text is the value in q of a field in which text is typed.
func (s *spec) text(q sendcloud.Query) string {
	switch v := s.at(&q).(type) {
	case *string:
		return *v
	case *[]string:
		return strings.Join(*v, separator)
	case *sendcloud.Date:
		return v.String()
	case *int:
		if *v != 0 {
			return strconv.Itoa(*v)
		}
	}
	return ""
}

func (d *field) read(q *sendcloud.Query, now time.Time) (err error) {
	text := strings.TrimSpace(d.input.Text())
	switch v := d.at(q).(type) {
	case *string:
		*v = text
	case *[]string:
		if *v = sendcloud.ParseItems(text); d.param == sendcloud.ParamEmail {
			*v, err = sendcloud.ParseEmails(text)
		}
	case *sendcloud.Date:
		*v, err = sendcloud.ParseDate(text, now)
	case *int:
		least := 1
		if d.param == sendcloud.ParamStart {
			least = 0
		}
		if *v, err = strconv.Atoi(keymap.Narrow(text)); text == "" {
			return nil
		} else if err != nil || *v < least {
			return &sendcloud.ParameterError{Value: text, Reason: sendcloud.OutOfRange, Min: least}
		}
	case *[]sendcloud.Status:
		*v = as[sendcloud.Status](d.marked())
	case *[]sendcloud.SubStatus:
		*v = as[sendcloud.SubStatus](d.marked())
	}
	return err
}

func (d *field) marked() (codes []int) {
	for i, c := range d.codes {
		if d.on[i] {
			codes = append(codes, c)
		}
	}
	return codes
}

// local are the filters made here, by their columns.
var local = map[sendcloud.Param]recordset.Column{words.FilterCause: recordset.ByCause, words.FilterPermanence: recordset.ByPermanence}

// token is a choice as a filter's term has it.
func (d *field) token(code int) string {
	if d.param == words.FilterCause {
		return bounce.Cause(code).String()
	}
	return bounce.Permanence(code).String()
}

func (f *Form) path() []screen.Step {
	var terms, texts []string
	for i := range f.fields {
		d := &f.fields[i]
		column, ok := local[d.param]
		if codes := d.marked(); ok && len(codes) > 0 {
			var tokens, names []string
			for _, c := range codes {
				tokens, names = append(tokens, d.token(c)), append(names, f.name(d, c))
			}
			terms = append(terms, head(column)+strings.Join(tokens, ","))
			texts = append(texts, words.ColumnName(f.Lang, column)+" "+strings.Join(names, f.Say(words.Or)))
		}
	}
	if terms == nil {
		return nil
	}
	return []screen.Step{{Term: strings.Join(terms, " "), Text: strings.Join(texts, ", ")}}
}

// recall chooses what the first step of a path says. A step that says anything else was not made here and is left out.
func (f *Form) recall(path []screen.Step) {
	if len(path) == 0 {
		return
	}
	for _, term := range strings.Fields(path[0].Term) {
		for p, column := range local {
			d := f.field(p)
			values, _ := strings.CutPrefix(term, head(column))
			for i, c := range d.codes {
				d.on[i] = d.on[i] || slices.Contains(strings.Split(values, ","), d.token(c)) && values != term
			}
		}
	}
	if made := f.path(); made == nil || made[0].Term != path[0].Term {
		for p := range local {
			clear(f.field(p).on)
		}
	}
}

func head(c recordset.Column) string { return recordset.Field(c).String() + ":" }

const (
	minWidth    = 60 // in fewer columns nothing can be read
	labelWidth  = 10 // Permanence, 永久/临时
	nameWidth   = 12 // --permanence
	valueColumn = 2 + labelWidth + 2 + nameWidth + 1
)

// body is the number of lines for the fields: all but title and foot.
func (f *Form) body() int { return max(f.H-2, 0) }

func (f *Form) Draw(bool) []string {
	if f.W < minWidth {
		return make([]string, f.H)
	}
	clock := f.Say(words.FormClock)
	title := " " + f.Fit.Fit(f.Say(words.FormTitle), f.W-2-cell.Width(clock))
	lines := []string{f.Line(f.W, f.Ink.Title.Of(title), f.Ink.Muted.Of(clock))}
	lines = append(lines, f.Window(f.W, f.body(), f.top, len(f.lines), func(i int) string { return f.lines[i] })...)
	return append(lines, f.foot())[:f.H]
}

// arrange draws the fields anew, and scrolls just enough to show the one with the cursor, or its choice.
func (f *Form) arrange() {
	f.lines = nil
	first, last, w := 0, 0, max(f.W-1, 0)
	for i := range f.fields {
		d := &f.fields[i]
		if d.apart {
			f.lines = append(f.lines, f.Line(w))
		}
		row := len(f.lines)
		f.lines = append(f.lines, f.row(d, w))
		if d == f.at() || f.reason(d) != nil {
			f.lines = append(f.lines, f.under(d, w))
		}
		if d != f.at() {
			continue
		}
		if first, f.caret = row, row; d.codes != nil {
			f.caret = len(f.lines) + d.cursor
		}
		for i := range d.codes {
			f.lines = append(f.lines, f.choice(d, i, w))
		}
		last = len(f.lines)
	}
	f.top = min(max(f.top, last-f.body()), first, max(len(f.lines)-f.body(), 0))
	f.top = max(f.top, f.caret+1-f.body(), 0)
}

func (f *Form) Caret() (x, y int, ok bool) {
	x, y = valueColumn, f.caret-f.top
	if d := f.at(); d.codes == nil {
		x += d.input.Caret(f.Theme, f.room(d, f.W-1))
	}
	return x, 1 + y, y >= 0 && y < f.body()
}

func (f *Form) row(d *field, w int) string {
	mark, ink := "  ", f.Ink.Text
	if d == f.at() {
		mark, ink = f.Theme.Marks.Focus+" ", f.Ink.Accent
	}
	head, room := mark+f.Fit.Fit(words.ParameterName(f.Lang, d.param), labelWidth), f.room(d, w)
	return f.Line(valueColumn, ink.Of(head), f.Ink.Muted.Of("  "+string(d.param))) +
		f.Line(room, f.value(d, room)...) + f.Line(w-valueColumn-room, f.Ink.Muted.Of(f.day(d)))
}

func (f *Form) value(d *field, w int) []chart.Piece {
	unset := strings.TrimSpace(d.input.Text()) == "" && len(d.marked()) == 0
	switch {
	case f.givesWay(d), unset && (d.codes != nil || d != f.at()):
		return []chart.Piece{f.Ink.Muted.Of(f.Fit.Cut(cmp.Or(d.unset, f.Say(words.FormAny)), w))}
	case d.codes != nil:
		return f.summary(d, w)
	case d == f.at():
		return []chart.Piece{f.Ink.Edited.Of(d.input.Draw(f.Theme, w))}
	}
	return []chart.Piece{f.Ink.Text.Of(f.Fit.FitMiddle(d.input.Text(), w))}
}

func (f *Form) room(d *field, w int) int { return max(w-valueColumn-1-cell.Width(f.day(d)), 1) }

// day is what a date comes to, where it was written in another way.
func (f *Form) day(d *field) string {
	if text := d.text(f.says); d.date() && text != "" && text != strings.TrimSpace(d.input.Text()) {
		return "  " + text
	}
	return ""
}

// under is the row below a field: what is wrong, else what may be typed.
func (f *Form) under(d *field, w int) string {
	mark, text, ink := f.Theme.Marks.Warn+" ", "", f.Ink.Error
	if d == f.at() && !f.stopped {
		ink = f.Ink.Warning // it is being typed
	}
	switch e := f.reason(d); {
	case f.stray && d == f.at():
		text = f.Say(words.NoSuchChoice, words.ParameterName(f.Lang, d.param), f.typed)
	case e != nil:
		text = f.why(e, w-valueColumn)
	default:
		mark, text, ink = "  ", words.FormHint(f.Lang, d.param), f.Ink.Muted
	}
	return f.Line(w, f.Ink.Text.Of(f.Fit.Fit("", valueColumn-2)), ink.Of(mark+text))
}

// why is the reason in w columns; the value in it, which stands right above, is shortened.
func (f *Form) why(e *sendcloud.ParameterError, w int) string {
	say := func(value string) string {
		short := *e
		short.Value = value
		return words.ParameterReason(f.Lang, &short, func(p sendcloud.Param) string { return words.ParameterName(f.Lang, p) })
	}
	value := cell.Clean(e.Value)
	return say(f.Fit.FitMiddle(value, min(max(w-cell.Width(say("")), 1), cell.Width(value))))
}

// foot is the last row: what stops the search, else what it costs.
func (f *Form) foot() string {
	pieces := []chart.Piece{f.Ink.Text.Of(" ")}
	switch wrong := f.firstWrong(); {
	case wrong >= 0:
		ink := f.Ink.Error
		if wrong == f.focus && !f.stopped {
			ink = f.Ink.Muted
		}
		pieces = append(pieces, ink.Of(f.Say(words.FormStopped, words.ParameterName(f.Lang, f.fields[wrong].param))))
	case f.opt.Cost == nil:
	case f.failed != nil:
		pieces = append(pieces, f.Ink.Warning.Of(f.Say(words.FormFailed, words.Error(f.Lang, f.failed))))
	default:
		cost := words.FormCost
		if len(f.says.Emails)+len(f.says.EmailIDs) > 0 && !words.Filtered(f.says) {
			cost = words.FormCostFirst
		}
		pieces = append(pieces, f.Ink.Text.Of(f.Say(cost, words.Calls(f.Lang, f.calls))))
		for _, n := range f.notes {
			pieces = append(pieces, f.Ink.Muted.Of(" "+f.Dot()+" "+words.Note(f.Lang, n)))
		}
	}
	return f.Line(f.W, pieces...)
}

func (f *Form) name(d *field, code int) string {
	switch d.param {
	case sendcloud.ParamStatus:
		return words.StatusName(f.Lang, sendcloud.Status(code))
	case words.FilterCause:
		return bounce.Cause(code).Short(string(f.Lang))
	case words.FilterPermanence:
		return words.Permanence(f.Lang, bounce.Permanence(code))
	}
	return strconv.Itoa(code) + " " + words.SubStatusName(f.Lang, sendcloud.SubStatus(code))
}

func (f *Form) marked(d *field, code int) chart.Piece {
	if d.param != sendcloud.ParamStatus {
		return f.Ink.Text.Of(f.name(d, code))
	}
	mark, ink := f.Ink.Status(code)
	return ink.Of(mark + " " + f.name(d, code))
}

// summary says what is chosen, in at most w columns; of several sub-statuses the codes alone.
func (f *Form) summary(d *field, w int) (pieces []chart.Piece) {
	codes := d.marked()
	for _, c := range codes {
		p := f.marked(d, c)
		if d.param == sendcloud.ParamSubStatus && len(codes) > 1 {
			p.Text = strconv.Itoa(c)
		}
		p.Text = f.Fit.Cut(p.Text+"  ", w)
		w -= cell.Width(p.Text)
		pieces = append(pieces, p)
	}
	return pieces
}

func (f *Form) choice(d *field, i, w int) string {
	p, box := f.marked(d, d.codes[i]), f.Theme.Marks.Off
	if d.on[i] && !f.givesWay(d) {
		box = f.Theme.Marks.On
	}
	if i == d.cursor {
		p.Ink = f.Ink.Edited
	}
	p.Text = box + " " + p.Text
	return f.Line(w, f.Ink.Text.Of(f.Fit.Fit("", valueColumn)), p)
}
