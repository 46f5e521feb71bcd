package detail

import (
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/mailtext"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/words"
)

// Explain says what a record's reply means.
type Explain func(sendcloud.Record) bounce.Explanation

// Card is the explanation of a reply alone, in lines of w columns. sub is
// SendCloud's sub-status, 0 when not known. plain says that there are no styles:
// the words that decided are quoted then.
func Card(th theme.Theme, lang words.Lang, w int, links, plain bool, reply string, e bounce.Explanation, sub sendcloud.SubStatus) []string {
	p := entries{style: style{th, lang, cell.Style{ASCII: th.ASCII}, links}, w: w}
	p.explain(e, sub)
	p.facts(e, reply, "")
	if plain && len(e.Matched) > 0 {
		var quotes []string
		for _, m := range e.Matched {
			quotes = append(quotes, "“"+reply[m.Start:m.End]+"”")
		}
		p.put(words.LabelDecided, strings.Join(quotes, " + "))
	}
	p.reply(reply, e.Matched, cell.Folds(reply))
	return p.lines
}

// explain sets what happened, whether trying again helps, and who should do what.
func (p *entries) explain(e bounce.Explanation, sub sendcloud.SubStatus) {
	lang := string(p.lang)
	mark, sure := p.th.Permanence(e.Permanence.String()), e.HowSure(lang)
	switch {
	case e.Permanence == bounce.NoFailure:
		mark = p.th.Marks.Delivered
	case mark == "":
		mark = p.th.Marks.Unknown
	}
	known := e.Basis != bounce.BasisNone
	switch {
	case !known:
		sure = ""
	case e.Permanence == bounce.Permanent, e.Permanence == bounce.Temporary:
		sure = words.Permanence(p.lang, e.Permanence) + " " + p.th.Marks.Dot + " " + sure
	}
	p.lead(words.LabelCause, p.th.Title, mark+" "+e.Cause.Short(lang), sure)
	if against := words.Contradiction(p.lang, e, sub); against != "" {
		text := p.th.Marks.Warn + " " + against
		p.set(words.LabelCareful, text, []look{{Span: cell.Span{End: len(text)}, style: p.th.Warning}}, nil)
	}
	if known {
		p.put(words.LabelHappened, e.What(lang))
	}
	if known && e.Permanence != bounce.NoFailure {
		p.put(words.LabelRetry, e.WhetherRetry(lang))
	}
	p.put(words.LabelStep, e.NextStep(lang))
}

// facts sets what else the reply tells, and the name of its pattern where there
// is one.
func (p *entries) facts(e bounce.Explanation, reply, pattern string) {
	facts := words.Facts(p.lang, e)
	if pattern != "" {
		facts = append(facts, pattern)
	}
	p.put(words.LabelFacts, strings.Join(facts, " "+p.th.Marks.Dot+" "))
}

// reply sets what the server said, its deciding words underlined.
func (p *entries) reply(text string, decided []bounce.Span, folds []cell.Span) {
	looks := make([]look, len(decided))
	for i, s := range decided {
		looks[i] = look{Span: cell.Span(s), style: p.th.Decided}
	}
	p.set(words.LabelReply, text, looks, folds)
	if read := mailtext.Decode(text, 8<<10); read.Encoded() {
		p.put(words.LabelDecoded, read.String)
	}
}
