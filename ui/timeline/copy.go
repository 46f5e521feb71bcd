package timeline

import (
	"strconv"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// copied is the table of the bars: when each begins, and its mails by status, with the total below them.
func (t *Timeline) copied() screen.Effect {
	if len(t.bars.bars) == 0 {
		return screen.Effect{}
	}
	all, layout := partsOfAll(t.bars.bars), "2006-01-02 15:04"
	if t.counted.byDay() {
		layout = "2006-01-02"
	}
	line := func(when string, n parts) []string {
		row := []string{when, strconv.Itoa(n.total())}
		for i, of := range all {
			if of > 0 {
				row = append(row, strconv.Itoa(n[i]))
			}
		}
		return row
	}
	head := []string{t.Say(words.LabelRequested), t.Say(words.LabelMails)}
	for i, n := range all {
		if n > 0 {
			head = append(head, words.StatusName(t.Lang, statuses[i]))
		}
	}
	table := [][]string{head}
	for _, b := range t.bars.bars {
		table = append(table, line(b.From.In(sendcloud.Zone).Format(layout), partsOf(b)))
	}
	table = append(table, line(t.Say(words.Total), all))
	about := words.TimelineStep(t.Lang, t.bars.units, t.counted.byDay())
	if t.counted.Partial {
		about = words.Covered(t.Lang, t.counted.Covered, t.counted.Of) + t.Dot() + about
	}
	return screen.Effect{Copy: &screen.Copy{What: t.Say(words.ActionName(keymap.CopyTable)), Rows: len(t.bars.bars), Table: table, About: about}}
}
