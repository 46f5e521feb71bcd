package report

import (
	"context"
	"maps"
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// patternCard is a reply pattern with what it means, and whole replies.
type patternCard struct {
	Heading, Text string
	Facts         []fact
	Samples       []string
}

// explain shows the largest patterns of what was not delivered.
func (p *Report) explain(ctx context.Context) error {
	const looked = 2000 // rows of a pattern, for the values of its variables
	all, _, err := p.snap.Patterns(ctx, recordset.SelectionOf(slices.Concat(slices.Collect(maps.Values(p.other))...)...), looked)
	if err != nil {
		return err
	}
	more, rows := 0, 0
	for _, s := range all {
		switch {
		case s.Text == "":
		case len(p.Patterns) == mostPatterns:
			more, rows = more+1, rows+s.Count
		default:
			card, err := p.card(ctx, s, p.other[s.ID])
			if err != nil {
				return err
			}
			p.Patterns = append(p.Patterns, card)
		}
	}
	if l := p.about.Lang; more > 0 {
		p.More = p.say("more", l.Plural(more, "pattern", "patterns", "种模式"), words.RowCount(l, rows))
	}
	return nil
}

// card is a pattern of some rows.
func (p *Report) card(ctx context.Context, s recordset.Summary, rows []int) (card patternCard, err error) {
	l := p.about.Lang
	facet, err := p.snap.Facet(ctx, recordset.SelectionOf(rows...), recordset.ByRefusedIP, recordset.ByCount)
	if err != nil {
		return card, err
	}
	var ips []recordset.Count
	for _, v := range facet.Values {
		if v.Value != "" {
			ips = append(ips, recordset.Count{Value: v.Value, Count: v.Count})
		}
	}
	sample := p.snap.Record(s.Samples[0])
	shown, _ := pattern.Of(p.masked(sample.Reply(), sample.Recipients)) // its variables may hide less than we do
	card = patternCard{Heading: p.say("pattern", s.ID, words.Number(s.Count), words.RowCount(l, p.rows.Len())), Text: export.Visible(shown)}
	if e := p.meaning(sample, len(s.Domains) > 1, len(ips) > 1); !recordset.Untold(sample, e) {
		p.add(&card.Facts, "happened", e.What(string(l)))
		p.add(&card.Facts, "step", e.NextStep(string(l)))
		p.add(&card.Facts, "sure", e.HowSure(string(l)))
	}
	if !s.First.IsZero() {
		p.add(&card.Facts, "span", export.Minute(s.First)+" – "+export.Minute(s.Last))
	}
	p.add(&card.Facts, "receivers", words.Counts(l, s.Domains, nil))
	p.add(&card.Facts, "ips", words.Counts(l, ips, nil))
	for _, v := range s.Variables {
		if v.Kind == mailtext.Host {
			var names []recordset.Count
			for _, c := range v.Values {
				if !strings.ContainsAny(c.Value, "@%=") { // what only looks like a host: a name with an escaped @
					names = append(names, c)
				}
			}
			p.add(&card.Facts, "hosts", words.Counts(l, names, nil))
		}
	}
	for i := range min(len(rows), mostSamples) { // evenly spread
		card.Samples = append(card.Samples, p.sample(p.snap.Record(rows[i*len(rows)/min(len(rows), mostSamples)])))
	}
	return card, nil
}

// meaning is what a pattern means for all its rows: what differs among them, the receiver or the IP, is not named.
func (p *Report) meaning(r sendcloud.Record, manyReceivers, manyIPs bool) bounce.Explanation {
	e := p.about.Explain(r)
	if manyReceivers {
		r.Recipients, r.EmailID = "", ""
		if shared := p.about.Explain(r); shared.Cause == e.Cause {
			e = shared
		}
		e.Provider = ""
	}
	if manyIPs {
		e.IP = ""
	}
	return e
}

// sample is a row as evidence: when, for whom, its id, and the whole reply.
func (p *Report) sample(r sendcloud.Record) string {
	to, id := r.Recipients, r.EmailID
	if !p.about.Unmasked {
		message, _, addressed := strings.Cut(id, "$")
		if to, id = Mask(to), message; addressed {
			id += "$" + to
		}
	}
	reply := export.Visible(strings.TrimSpace(p.masked(r.Reply(), r.Recipients)))
	return cell.Clean(both(r.RequestTime)+"  "+to) + "\n" + cell.Clean(id) + "\n" + reply
}

// masked is a reply as the report shows it.
func (p *Report) masked(reply, recipient string) string {
	if p.about.Unmasked {
		return reply
	}
	return MaskText(reply, recipient)
}
