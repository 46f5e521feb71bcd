package words

import (
	"cmp"
	"time"

	"bounceboard/sendcloud"
)

// The header.
var (
	AsOf, RowsOf, RowsAtMost, RowsAtLeast, RowsOfUnknown = five("AsOf RowsOf RowsAtMost RowsAtLeast RowsOfUnknown")
	NoRows, RowsOfFile, DemoHost, TooSmall               = four("NoRows RowsOfFile DemoHost TooSmall")
)

// RowSpan is a stretch of rows: row 5, rows 1–14.
func RowSpan(l Lang, first, last int, dash string) string {
	if first == last {
		return l.Say(Sentence{"row %s", "第 %s 行"}, Number(first))
	}
	return l.Say(Sentence{"rows %s%s%s", "第 %s%s%s 行"}, Number(first), dash, Number(last))
}

// What is going on.
var (
	Loading, CallOf, TryIn, BudgetIn, PausedFor = five("Loading CallOf TryIn BudgetIn PausedFor")
	Reading, Stopped, TryAgain, KeptRows        = four("Reading Stopped TryAgain KeptRows")
	CallsLeft, TenMinutes                       = two("CallsLeft TenMinutes")
)

// Waiting says why a call does not go out at once; empty where it does. dot
// stands between two facts.
func Waiting(l Lang, dot string, e sendcloud.Event, now time.Time) string {
	wait := e.Until.Sub(now)
	left := Duration(l, max(time.Second, wait))
	switch e.Kind {
	case sendcloud.Retrying:
		try := l.Say(TryIn, e.Try, left)
		if e.Err != nil {
			try += " " + dot + " " + Reason(l, e.Err)
		}
		return try
	case sendcloud.WaitingForBudget:
		if wait < time.Second { // at full speed every call waits its turn
			return ""
		}
		return l.Say(BudgetIn, left)
	case sendcloud.Paused:
		return l.Say(PausedFor, left)
	case sendcloud.Rereading:
		return l.Say(Reading)
	}
	return ""
}

// Why a key does nothing now.
var (
	NoRow, AtEnd, AtStart, ToTheEnd, FirstPage             = five("NoRow AtEnd AtStart ToTheEnd FirstPage")
	LastPage, OnePage, OnPage, OnPageOf, NoSuchPage        = five("LastPage OnePage OnPage OnPageOf NoSuchPage")
	WhichPage, KeysWait, NothingFolded, NoWayBack, OnePane = five("WhichPage KeysWait NothingFolded NoWayBack OnePane")
	OnlyWhenEmpty, PasteFitsNothing, PasteRest, NoShell    = four("OnlyWhenEmpty PasteFitsNothing PasteRest NoShell")
)

// An empty result.
var NothingFound, ChangeQuery = two("NothingFound ChangeQuery")

var (
	widenSpan    = Sentence{"search the last %d days", "查询最近 %d 天"}
	widenWithout = pairs("widen")
	whyNothing   = pairs("why_nothing") // by what the query asks for
)

// Widening says what a query does with one condition less: without a parameter,
// or over more days.
func Widening(l Lang, without sendcloud.Param, days int) string {
	if without == sendcloud.ParamDays {
		return l.Say(widenSpan, days)
	}
	return l.Say(cmp.Or(widenWithout[string(without)], widenWithout[string(sendcloud.ParamEmail)]))
}

// WhyNothing says why a query may have found nothing.
func WhyNothing(l Lang, q sendcloud.Query) string {
	by := "-"
	switch {
	case len(q.EmailIDs) > 0:
		by = string(sendcloud.ParamEmailIDs)
	case len(q.Emails) > 0:
		by = string(sendcloud.ParamEmail)
	case q.LabelID != "" || q.LabelName != "":
		by = string(sendcloud.ParamLabelID)
	case Failures(q):
		by = string(sendcloud.ParamStatus)
	}
	return l.Say(whyNothing[by])
}

// Copying.
var (
	Total, CountsAt, WhatReplyPattern, NoSuchEnding                = four("Total CountsAt WhatReplyPattern NoSuchEnding")
	WhatPattern, NothingMissing, ToTerminal, ThroughTmux, ToTmux   = five("WhatPattern NothingMissing ToTerminal ThroughTmux ToTmux")
	Copied, NothingToCopy, CopyFailed                              = three("Copied NothingToCopy CopyFailed")
	TooManyToCopy, NoFileName, FileExists, FileFailed, FileWritten = five("TooManyToCopy NoFileName FileExists FileFailed FileWritten")
)

// CopyIsLarge asks before more is sent to a terminal than terminals commonly take.
var CopyIsLarge = Sentence{"%s are more than terminals commonly take; {hand on} {write rows} writes a file. Send them all the same?", "%s 超过终端通常接受的大小，可按 {hand on} {write rows} 写入文件。仍要发送？"}

var notes = pairs("notes")

// Note is a note of the client as a clause.
func Note(l Lang, n sendcloud.Note) string { return cmp.Or(l.Say(notes[string(n)]), string(n)) }

// FullStop ends a sentence that another follows; Gap stands after one that ends itself.
var FullStop, Gap = two("FullStop Gap")

// What is said so that nothing on the screen promises more than is known.
var (
	NewAbove, CountsOfQuery, RowsAmong, MarkedOutside, TotalAsOf = five("NewAbove CountsOfQuery RowsAmong MarkedOutside TotalAsOf")
	QuitWithMarks, QuitWithRows, AllMail, LowerCase              = four("QuitWithMarks QuitWithRows AllMail LowerCase")
)

// The selected row, read aloud.
var (
	RowSpoken, CauseSpoken, ReplySpoken, MarkedRow = four("RowSpoken CauseSpoken ReplySpoken MarkedRow")
)

// The palette.
var (
	PaletteLabel, PaletteNothing = two("PaletteLabel PaletteNothing")
)

// HistoryLost says that what is typed is not kept for the next start.
var HistoryLost = Sentence{"what is typed is not kept for the next start (%s)", "输入历史无法保存到下次（%s）"}

// Undoing, going back to earlier queries, saved views.
var (
	Undone, Redone, NothingToUndo, NothingToRedo, NothingAsked   = five("Undone Redone NothingToUndo NothingToRedo NothingAsked")
	NoViews, ViewsLabel, ViewsNothing, VariableOf, VariableEmpty = five("NoViews ViewsLabel ViewsNothing VariableOf VariableEmpty")
	ViewNamed, ViewReplaced, ViewSaved                           = three("ViewNamed ViewReplaced ViewSaved")
	NoView, NoViewsIn, ViewAsks, BadViewName                     = four("NoView NoViewsIn ViewAsks BadViewName")
	NoConfigPlace, ViewUnwritten, ConfigUnwritten                = three("NoConfigPlace ViewUnwritten ConfigUnwritten")
)
