package detail

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Explain says what a record's reply means.
type Explain func(sendcloud.Record) bounce.Explanation

// Card is the explanation of a reply alone, in lines of w columns. sub is
// SendCloud's sub-status, 0 when not known. plain says that there are no styles:
// the words that decided are quoted then.
func Card(th theme.Theme, lang words.Lang, w int, plain bool, reply string, e bounce.Explanation, sub sendcloud.SubStatus) []string {
	p := newEntries(th, lang, w)
	p.explain(e, sub)
	p.facts(e)
	var quotes []string
	for _, m := range e.Matched {
		quotes = append(quotes, "“"+reply[m.Start:m.End]+"”")
	}
	if plain {
		p.put(words.LabelDecided, strings.Join(quotes, " + "))
	}
	p.reply(reply, e.Matched, cell.Folds(reply))
	return p.lines
}

// explain sets what happened, whether trying again helps, and who should do what.
func (p *entries) explain(e bounce.Explanation, sub sendcloud.SubStatus) {
	lang := string(p.Lang)
	mark, sure := p.Theme.Permanence(e.Permanence.String()), e.HowSure(lang)
	switch {
	case e.Permanence == bounce.NoFailure:
		mark = p.Theme.Marks.Delivered
	case mark == "":
		mark = p.Theme.Marks.Unknown
	default:
		sure = words.Permanence(p.Lang, e.Permanence) + p.Dot() + sure
	}
	known := e.Basis != bounce.BasisNone
	if !known {
		sure = ""
	}
	p.lead(words.LabelCause, p.Theme.Title, mark+" "+e.Cause.Short(lang), sure)
	if against := words.Contradiction(p.Lang, e, sub); against != "" {
		text := p.Theme.Marks.Warn + " " + against
		p.set(words.LabelCareful, text, []look{{Span: cell.Span{End: len(text)}, style: p.Theme.Warning}}, nil)
	}
	if known {
		p.put(words.LabelHappened, e.What(lang))
	}
	if known && e.Permanence != bounce.NoFailure {
		p.put(words.LabelRetry, e.WhetherRetry(lang))
	}
	p.put(words.LabelStep, e.NextStep(lang))
}

// facts sets what else the reply tells, and more of that kind.
func (p *entries) facts(e bounce.Explanation, more ...string) {
	p.put(words.LabelFacts, strings.Join(append(words.Facts(p.Lang, e), more...), p.Dot()))
}

// reply sets what the server said, its deciding words underlined.
func (p *entries) reply(text string, decided []bounce.Span, folds []cell.Span) {
	looks := make([]look, len(decided))
	for i, s := range decided {
		looks[i] = look{Span: cell.Span(s), style: p.Theme.Decided}
	}
	p.set(words.LabelReply, text, looks, folds)
	if read, ok := bounce.Decoded(text); ok {
		p.put(words.LabelDecoded, read)
	}
}
