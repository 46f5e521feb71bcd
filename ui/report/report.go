// Package report writes evidence about a set of rows for another desk: what was asked, what came, counts, a picture
// over time, the replies that say why, and what to do. It is one self-contained HTML file, or Markdown for a ticket.
package report

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/pattern"
	"bounceboard/sendcloud/rate"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/cell"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// About is what the rows themselves do not tell. Texts are in the report's language.
type About struct {
	Lang     words.Lang
	Question string // as a sentence; it is the title
	Command  string // the command line that asks it again
	Account  string // the profile or API user; empty for files
	Host     string
	Coverage string // how many rows are here of how many there are, and what is missing
	Made     time.Time
	Notes    []string // what the service did that one has to know
	Unmasked bool     // recipients are shown whole
	Explain  func(sendcloud.Record) bounce.Explanation
}

// Report is the evidence, as its templates read it. All text in it is harmless.
type Report struct {
	Question, Command string
	HTMLLang          string
	Facts             []fact
	Notes             []string
	Tables            []table
	Chart             *chart
	Patterns          []patternCard
	More              string // patterns that are not shown

	about About
	snap  recordset.Snapshot
	rows  recordset.Selection
	// Without delivered mail there are no rates: failures alone say nothing about how much went well.
	delivered bool
	failed    recordset.Selection
	other     map[pattern.ID][]int // rows that were not delivered, by the pattern of their reply
}

// fact is a value and the sentence that names it.
type fact struct{ Name, Value string }

// table is counts by a column; its lines are as long as its head.
type table struct {
	Heading string // a sentence
	Head    []string
	Lines   [][]string
}

// most are how many lines a table, and how many patterns a report has.
const (
	mostLines    = 15
	mostPatterns = 10
	mostSamples  = 10
)

// New makes a report of rows that are mined. The error is ctx's.
func New(ctx context.Context, about About, snap recordset.Snapshot, rows recordset.Selection) (*Report, error) {
	p := &Report{Question: cell.Clean(about.Question), Command: export.Visible(about.Command), HTMLLang: "en",
		about: about, snap: snap, rows: rows}
	if about.Lang == words.Chinese {
		p.HTMLLang = "zh-CN"
	}
	first, last := p.count()
	for _, f := range []fact{{"account", about.Account}, {"host", about.Host}, {"coverage", about.Coverage},
		{"first mail", both(first)}, {"last mail", both(last)}, {"made", both(about.Made)}} {
		p.add(&p.Facts, f.Name, f.Value)
	}
	for _, note := range about.Notes {
		p.Notes = append(p.Notes, cell.Clean(note))
	}
	switch {
	case rows.Len() == 0:
		p.Notes = append(p.Notes, p.say("empty"))
		return p, ctx.Err()
	case p.delivered:
		p.Notes = append(p.Notes, p.say("times"))
	default:
		p.Notes = append(p.Notes, p.say("no rates"))
	}
	if !about.Unmasked {
		p.Notes = append(p.Notes, p.say("masked"))
	}
	for _, t := range []struct {
		heading string
		column  recordset.Column
		rates   bool // how much of each failed, in place of its share of all
	}{{"by status", recordset.ByStatus, false}, {"by cause", recordset.ByCause, false},
		{"by receiver", recordset.ByDomain, p.delivered}, {"by refused IP", recordset.ByRefusedIP, false}} {
		if err := p.tabulate(ctx, t.heading, t.column, t.rates); err != nil {
			return nil, err
		}
	}
	if err := p.draw(ctx); err != nil {
		return nil, err
	}
	return p, p.explain(ctx)
}

// count sorts the rows, and finds when the first and the last of them was requested.
func (p *Report) count() (first, last time.Time) {
	var failed []int
	var scanner pattern.Scanner
	p.other = map[pattern.ID][]int{}
	for row := range p.rows.Rows() {
		r := p.snap.Record(row)
		if r.Status == sendcloud.Invalid || r.Status == sendcloud.SoftBounce {
			failed = append(failed, row)
		}
		if p.delivered = p.delivered || r.Status == sendcloud.Delivered; r.Status != sendcloud.Delivered {
			text, _ := scanner.Scan(r.Reply())
			id := pattern.IDOf(string(text))
			p.other[id] = append(p.other[id], row)
		}
		if t := r.RequestTime; !t.IsZero() {
			if first.IsZero() || t.Before(first) {
				first = t
			}
			if t.After(last) {
				last = t
			}
		}
	}
	p.failed = recordset.SelectionOf(failed...)
	return first, last
}

// counts is how many rows have each value of a column; rows without one are left out.
func (p *Report) counts(ctx context.Context, rows recordset.Selection, column recordset.Column) (map[string]int, error) {
	facet, err := p.snap.Facet(ctx, rows, column, recordset.ByCount)
	if err != nil {
		return nil, err
	}
	all := map[string]int{}
	for _, v := range facet.Values {
		all[v.Value] = v.Count
	}
	delete(all, "")
	return all, nil
}

// tabulate counts the rows by a column, those that failed most first. Rows without a value are left out.
func (p *Report) tabulate(ctx context.Context, heading string, column recordset.Column, rates bool) error {
	all, err := p.counts(ctx, p.rows, column)
	if err != nil {
		return err
	}
	failed, err := p.counts(ctx, p.failed, column)
	if err != nil || len(all) == 0 {
		return err
	}
	values := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(cmp.Compare(failed[b], failed[a]), cmp.Compare(all[b], all[a]), cmp.Compare(a, b))
	})
	share := p.say("share", words.RowCount(p.about.Lang, p.rows.Len()))
	if rates {
		share = p.say("rate")
	}
	t := table{heading, []string{words.ColumnName(p.about.Lang, column), p.say("failed"), p.say("all"), share}, nil}
	for _, v := range values[:min(len(values), mostLines)] {
		r, _ := rate.Of(all[v], p.rows.Len())
		if rates {
			r, _ = rate.Of(failed[v], all[v])
		}
		name, _ := words.FacetValue(p.about.Lang, column, v)
		if s, ok := sendcloud.ParseStatus(v); ok && column == recordset.ByStatus {
			name = words.StatusName(p.about.Lang, s)
		}
		t.Lines = append(t.Lines, []string{cell.Clean(name), words.Number(failed[v]), words.Number(all[v]), p.interval(r)})
	}
	p.Tables = append(p.Tables, t)
	return nil
}

// interval is a rate in percent; with its interval where delivered mail is here.
func (p *Report) interval(r rate.Rate) string {
	percent := func(share float64) string { return p.say("percent", strconv.FormatFloat(100*share, 'f', 1, 64)) }
	if !p.delivered {
		return percent(r.Share)
	}
	return fmt.Sprintf("%s (%s–%s)", percent(r.Share), percent(r.Low), percent(r.High))
}

func (p *Report) say(name string, args ...any) string {
	return p.about.Lang.Say(words.Report[name], args...)
}

// add adds a fact where there is one.
func (p *Report) add(to *[]fact, name, value string) {
	if value = cell.Clean(strings.TrimSpace(value)); value != "" {
		*to = append(*to, fact{name, value})
	}
}

// both is a time on the service's clock and in UTC.
func both(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(sendcloud.Zone).Format("2006-01-02 15:04:05 +08:00") + " · " + t.UTC().Format("2006-01-02 15:04:05 UTC")
}
