package table

import (
	"slices"

	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/columns"
	"bounceboard/ui/words"
)

const (
	leastRecipient    = 24
	readableRecipient = 34 // most addresses fit
	widestRecipient   = 44
	wholeCause        = 21 // fits the longest cause, 在 SendCloud 黑名单, with its marks
	narrowestReply    = 10
	statusMark        = 1 // the status without its word
	gap               = 2
	wide              = 120
)

// layout is what decides which columns are on screen.
type layout struct {
	lang   words.Lang
	w      int              // of the screen
	choice []columns.Choice // nil: the width chooses
	widest int              // columns of the widest recipient seen
	long   bool             // a cause was seen that is longer than is usual
}

// column is a column on screen.
type column struct {
	by recordset.Column
	w  int
}

// byWidth is the order of the columns where nobody chose them.
var byWidth = []recordset.Column{recordset.ByStatus, recordset.BySubStatus, recordset.ByCause, recordset.ByRecipient, recordset.ByRequested,
	recordset.ByTook, recordset.ByAPIUser, recordset.ByReply}

// Columns are the names of the columns that were chosen, as columns.ParseAll reads them; nil: the width chooses.
func (t *Table) Columns() []string { return columns.Strings(t.choice) }

// SetColumns chooses the columns and their order; none: the width chooses. A name that is no column is left out.
func (t *Table) SetColumns(names []string) {
	t.choice = nil
	for _, name := range names {
		if c, ok := columns.Parse(name); ok {
			t.choice = append(t.choice, c)
		}
	}
	t.measure()
	t.inView.changes = -1
}

// Shown are the columns on screen with their widths.
func (t *Table) Shown() (all []columns.Choice) {
	for _, c := range t.columns() {
		all = append(all, columns.Choice{Column: c.by, Width: c.w})
	}
	return all
}

// wanted are the columns that may be on screen, whatever the width.
func (l *layout) wanted() []recordset.Column {
	all := byWidth
	if l.choice != nil {
		all = []recordset.Column{recordset.ByStatus, recordset.ByRecipient, recordset.ByReply} // always needed, to read replies sideways
		for _, c := range l.choice {
			all = append(all, c.Column)
		}
	}
	return all
}

// measure divides the width.
func (t *Table) measure() {
	if t.cols = t.columns(); t.sideways {
		t.cols = t.besideReply()
	}
}

func (l *layout) columns() []column {
	if l.choice != nil {
		return l.chosen()
	}
	return l.byWidth()
}

// wantedRecipient is how wide the recipient should be.
func (l *layout) wantedRecipient() int {
	return max(columns.Usual(l.lang, recordset.ByRecipient), min(l.widest, widestRecipient))
}

// causeWidth is how wide the cause is where it is on screen.
func (l *layout) causeWidth() int {
	for _, c := range l.choice {
		if c.Column == recordset.ByCause && c.Width > 0 {
			return c.Width
		}
	}
	if l.long && l.w >= wide {
		return wholeCause
	}
	return columns.Usual(l.lang, recordset.ByCause)
}

// byWidth chooses the columns. When room is short these go first: api user, took, sub-status, the word of the status (its mark
// stays), the reply. If the recipient still does not fit, the sub-status takes the place of the wider cause.
func (l *layout) byWidth() []column {
	w := map[recordset.Column]int{}
	for _, c := range byWidth {
		w[c] = columns.Usual(l.lang, c)
	}
	w[recordset.ByCause], w[recordset.ByRecipient], w[recordset.ByReply] = l.causeWidth(), 0, 0
	rest := func() int { // for recipient and reply
		n := l.w - 1
		for _, c := range w {
			if c > 0 {
				n -= c + gap
			}
		}
		return n
	}
	want := l.wantedRecipient()
	reply := columns.Usual(l.lang, recordset.ByReply) + columns.Usual(l.lang, recordset.ByCause) - l.causeWidth() // a wider cause takes its room from the reply
	for _, c := range []recordset.Column{recordset.ByAPIUser, recordset.ByTook, recordset.BySubStatus, recordset.ByStatus} {
		r := rest() - gap - reply
		if c == recordset.ByTook && r >= readableRecipient || c == recordset.ByStatus && r >= columns.Usual(l.lang, recordset.ByRecipient) {
			want = min(want, r) // one long address is no reason to lose a column
		}
		if r < want {
			w[c] = 0
		}
		if c == recordset.ByStatus && r < want {
			w[c] = statusMark
		}
	}
	r := rest()
	if w[recordset.ByRecipient] = r; r >= readableRecipient+gap+narrowestReply {
		want = min(want, r-gap-narrowestReply)
	}
	if r-want-gap >= narrowestReply {
		w[recordset.ByRecipient], w[recordset.ByReply] = want, r-want-gap
	}
	if w[recordset.ByRecipient] < leastRecipient {
		w[recordset.ByCause], w[recordset.BySubStatus] = 0, columns.Usual(l.lang, recordset.BySubStatus)
		w[recordset.ByRecipient] = 0
		w[recordset.ByRecipient] = max(8, rest())
	}
	var all []column
	for _, c := range byWidth {
		if w[c] > 0 {
			all = append(all, column{c, w[c]})
		}
	}
	return all
}

// chosen is the columns that were chosen, as many as there is room for; the recipient stays. Recipient and reply take what the others
// leave, where nobody said how wide they are.
func (l *layout) chosen() (all []column) {
	over, recipient, reply, status := 1-gap-l.w, -1, -1, -1 // over: columns needed beyond the width
	for i, c := range l.choice {
		w := c.Width
		switch {
		case w > 0:
		case c.Column == recordset.ByRecipient:
			recipient, w = i, l.wantedRecipient()
		case c.Column == recordset.ByReply:
			reply, w = i, narrowestReply
		case c.Column == recordset.ByStatus:
			status, w = i, columns.Usual(l.lang, c.Column)
		case c.Column == recordset.ByCause:
			w = l.causeWidth()
		default:
			w = columns.Usual(l.lang, c.Column)
		}
		all = append(all, column{c.Column, w})
		over += w + gap
	}
	if status >= 0 && over > 0 { // the mark alone still tells the status
		over -= all[status].w - statusMark
		all[status].w = statusMark
	}
	if recipient >= 0 && over > 0 {
		less := min(over, all[recipient].w-leastRecipient)
		all[recipient].w -= less
		over -= less
	}
	if reply >= 0 && over < 0 {
		all[reply].w -= over
	}
	for i := len(all) - 1; i >= 0 && over > 0 && len(all) > 1; i-- {
		if all[i].by != recordset.ByRecipient {
			over -= all[i].w + gap
			all = slices.Delete(all, i, i+1)
		}
	}
	if len(all) == 1 {
		all[0].w = min(all[0].w, max(1, l.w-1))
	}
	return all
}
