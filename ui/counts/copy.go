package counts

import (
	"strings"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// wide has room for any number in full.
const wide = 20

// copied is the table of the numbers: of the whole span and, where they are shown, of its days.
func (c *Counts) copied() screen.Effect {
	head := []string{c.Say(words.CountHead), c.Say(words.LabelMails)}
	for d := range c.days {
		head = append(head, c.date(d+1).String())
	}
	if c.days == nil {
		head = append(head, c.Say(words.LabelShare))
	}
	table := [][]string{head}
	for i, r := range c.rows {
		line := []string{r.name}
		if r.kind == code || r.kind == uncoded {
			line[0] = "  " + r.name
		}
		for d := range c.figures {
			f := c.figures[d][i]
			if f.Bound == sendcloud.Unknown && !f.Pending {
				line = append(line, c.said(f))
			} else {
				line = append(line, strings.ReplaceAll(c.short(f, wide), ",", ""))
			}
		}
		if share, ok := c.share(i, 0); ok && c.days == nil {
			line = append(line, words.Percent(share))
		}
		table = append(table, line)
	}
	about := c.Say(words.CountsAt, words.Number(c.answered), words.Number(c.all), c.oldest.In(sendcloud.Zone).Format("2006-01-02 15:04:05")+" +08")
	if c.answered == 0 {
		about = c.state()
	}
	for _, text := range c.warning {
		about += "\n" + text
	}
	return screen.Effect{Copy: &screen.Copy{What: c.Say(words.ActionName(keymap.CopyTable)), Rows: len(c.rows), Table: table, About: about}}
}
