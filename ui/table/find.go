package table

import (
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/find"
	"bounceboard/ui/words"
)

// reasons are those that remain for what was looked for and not found, each with the key that does something about it.
func reasons(t *Table, lack find.Lack) (lines []string) {
	f, asOf := t.s.Finding, t.s.Coverage().AsOf
	if from, to, ok := f.Widened(); ok {
		today := sendcloud.DateOf(asOf)
		lines = append(lines, "  "+t.fit.Cut(words.Capital(t.lang.Say(words.WidenedAll, from.DaysTo(today), to.DaysTo(today)))+t.lang.Say(words.FullStop), t.w-4))
	}
	lines = append(lines, "")
	for _, way := range words.Ways(t.lang, lack.Why, lack.Item, f.LookbackDays, asOf) {
		for i, line := range t.fit.Wrap(way.Text, t.w-6) {
			key := " "
			if i == 0 {
				key = t.th.Key.Render(t.keys.Key(way.Action))
			}
			lines = append(lines, "  "+key+"  "+line)
		}
	}
	return lines
}
