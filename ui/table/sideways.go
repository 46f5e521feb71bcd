package table

import (
	"bounceboard/keymap"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/columns"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Sideways, recipient and reply have the whole width, and the reply moves: skipped columns of it are left of what is shown.

// besideReply is the columns while the reply is read sideways: the mark of the status, the recipient, and the reply.
func (l *layout) besideReply() []column {
	recipient := max(leastRecipient, min(l.wantedRecipient(), l.w*2/5))
	return []column{{recordset.ByStatus, statusMark}, {recordset.ByRecipient, recipient},
		{recordset.ByReply, max(narrowestReply, l.w-1-statusMark-recipient-2*gap)}}
}

// replyWidth is how much of the replies is in view; 0 where there is no such column.
func (t *Table) replyWidth() int {
	for _, c := range t.cols {
		if c.by == recordset.ByReply {
			return c.w
		}
	}
	return 0
}

// ReplyNarrow reports whether hardly a word of the replies is in view, or they are read sideways.
func (t *Table) ReplyNarrow() bool {
	return t.sideways || t.replyWidth() < columns.Usual(t.lang, recordset.ByReply)-wholeCause+columns.Usual(t.lang, recordset.ByCause)
}

// more reports whether a reply in view goes on to the right.
func (t *Table) more() bool {
	end := t.skipped + t.replyWidth()
	for _, r := range t.inView.rows {
		if cell.Width(t.fit.Cut(r.rec.SendLog, end+1)) > end {
			return true
		}
	}
	return false
}

// scroll moves the replies; to the right the first time, it gives them the width.
func (t *Table) scroll(a keymap.Action) screen.Effect {
	switch half := max(1, t.replyWidth()/2); {
	case t.s.Total() == 0:
		return screen.Say(t.lang.Say(words.NoRow))
	case !t.Can(a) && a == keymap.ReplyOn:
		return screen.Say(t.lang.Say(words.ReplyEnds))
	case !t.Can(a):
		return screen.Say(t.lang.Say(words.ReplyBegins))
	case a == keymap.ReplyOn && t.sideways:
		t.skipped += half
	case a == keymap.ReplyOn:
		t.sideways = true
	case t.skipped > 0:
		t.skipped = max(0, t.skipped-half)
	default:
		t.Upright()
	}
	t.measure()
	return screen.Effect{}
}

// Sideways reports whether the replies are read sideways; Upright ends that.
func (t *Table) Sideways() bool { return t.sideways }

func (t *Table) Upright() {
	t.sideways, t.skipped = false, 0
	t.measure()
}

// canScroll reports whether the replies can move.
func (t *Table) canScroll(a keymap.Action) bool {
	if a == keymap.ReplyBack {
		return t.sideways
	}
	return t.more() && t.s.Total() > 0 && (t.sideways || t.replyWidth() < t.w-1-statusMark-columns.Usual(t.lang, recordset.ByRecipient)-2*gap)
}
