package ui

import (
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/views"
	"bounceboard/ui/words"
)

// viewing is a dashboard with these views; what it saves is added to saved.
func viewing(t *testing.T, w, h int, has ...views.View) (r *rig, saved *[]views.View) {
	r = newRig(t, 90, words.English, w, h)
	saved = &[]views.View{}
	r.Saved.Views = has
	r.Saved.Save = func(v views.View) error { *saved = append(*saved, v); return nil }
	return r, saved
}

var late = views.View{Name: "late", Filter: "user1", Order: "-took", Pane: "facets", Columns: []string{"recipient"},
	Query: []views.Value{{Field: "status", Text: "soft_bounce"}, {Field: "days", Text: "3"}}}

func TestAViewShowsWhatWasSaved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, saved := viewing(t, 120, 40)
		r.keys("o")
		require.Contains(t, r.screen(), "no view is saved yet; O saves")
		r.Saved.Views = []views.View{late}
		r.keys("o")
		require.Contains(t, r.screen(), "Soft bounce mail, last 3 days › /user1 › by took ↓ › facets")
		r.keys("enter")
		require.Equal(t, 3, r.plan().Query.Days)
		require.Equal(t, []sendcloud.Status{sendcloud.SoftBounce}, r.plan().Query.Statuses)
		require.Equal(t, "user1", r.at.session.Filter())
		require.Equal(t, &recordset.Order{By: recordset.ByTook, Descending: true}, r.at.session.Order)
		require.Same(t, r.at.facets, r.at.pane)
		require.Equal(t, 11, r.total())
		r.keys("esc", "esc", "esc")
		require.Equal(t, 3, r.plan().Query.Days)

		r.keys("O", "again", "enter")
		require.Equal(t, []views.View{{Name: "again", Query: late.Query, Pane: "detail", Columns: late.Columns}}, *saved)
		require.Contains(t, r.screen(), `view "again" saved; o opens it`)
		r.keys("esc")
		require.Equal(t, 7, r.plan().Query.Days, "esc comes back to the question before")
	})
}

// The selection is on the first row of the order, also while more rows come, until it is moved.
func TestAViewOpensAtTheTopOfItsOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := viewing(t, 120, 40, views.View{Name: "by recipient", Order: "-recipient", Query: []views.Value{{Field: "days", Text: "20"}}})
		r.keys("o", "enter")
		require.Greater(t, r.total(), 20)
		require.Zero(t, r.at.session.Cursor)
		r.keys("j", "s", "d")
		require.NotZero(t, r.at.session.Cursor, "once it is moved it follows its row")
	})
}

func TestSavingAViewAgainAsksFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, saved := viewing(t, 120, 40, late)
		r.keys("/", "user2", "enter", "s", "d", "O", "late", "enter")
		require.Contains(t, r.screen(), `There is a view "late" already.`)
		r.keys("esc")
		require.Empty(t, *saved)
		r.keys("O", "late", "enter", "enter")
		want := views.View{Name: "late", Filter: "user2", Order: "-took", Pane: "detail", Query: []views.Value{{Field: "status", Text: "invalid,soft_bounce"}, {Field: "days", Text: "7"}}}
		require.Equal(t, []views.View{want}, *saved)
		require.Equal(t, []views.View{want}, r.Saved.Views)

		r.keys("O", "a[b", "enter")
		require.Contains(t, r.screen(), "cannot name a view")
		r.Saved.Save = func(views.View) error { return errors.New("disk full") }
		r.keys("ctrl+u", "other", "enter")
		require.Contains(t, r.screen(), "disk full")
		require.Len(t, r.Saved.Views, 1)
		r.Lang, r.Saved.Save = words.Chinese, func(views.View) error { return words.Filled(words.NoConfigPlace) }
		r.keys("O", "other", "enter")
		require.Contains(t, r.screen(), "没有主目录", "it is said in the reader's language")
	})
}

func TestVariablesAreAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		of := views.View{Name: "of", Filter: "domain:{domain}", Query: []views.Value{{Field: "email", Text: "{who}"}, {Field: "days", Text: "{days}"}}}
		r, _ := viewing(t, 120, 40, late, of)
		r.keys("o", "of", "enter")
		require.Contains(t, r.screen(), "of: who =")
		asked := len(r.api.asked)
		r.keys("nobody", "enter")
		require.Contains(t, r.screen(), "nobody", "what cannot be right is said at once")
		r.keys("ctrl+u", "user3@example.com", "enter", "0", "enter", "ctrl+u", "3", "enter")
		require.Len(t, r.api.asked, asked, "nothing is asked before all is known")
		r.keys("example.com", "enter")
		require.Equal(t, []string{"user3@example.com"}, r.plan().Query.Emails)
		require.Equal(t, 3, r.plan().Query.Days)
		require.Equal(t, "domain:example.com", r.at.session.Filter())
		require.Equal(t, keymap.Table, r.place())

		r.keys("o", "of", "enter")
		require.Contains(t, r.screen(), "user3@example.com", "the last value is proposed")
		r.keys("user4@example.com", "enter", "enter", "enter") // typing takes its place
		require.Equal(t, []string{"user4@example.com"}, r.plan().Query.Emails)
		require.Equal(t, 3, r.plan().Query.Days)
		r.keys("esc", "esc", "esc", "esc")
		require.Empty(t, r.plan().Query.Emails)
	})
}

// A view that is opened at the start asks nothing of the service before its variables are known.
func TestTheFirstViewAsksFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := viewing(t, 120, 40)
		r.Saved.First = views.View{Name: "of", Pane: "timeline", Query: []views.Value{{Field: "email", Text: "{who}"}}}
		r.api.asked = nil
		r.Init()
		r.wait(0)
		require.Empty(t, r.api.asked)
		r.keys("user3@example.com", "enter")
		require.Len(t, r.api.asked, 1)
		require.Equal(t, []string{"user3@example.com"}, r.plan().Query.Emails)
		require.Equal(t, 7, r.plan().Query.Days, "the rest is what the command line asks for")
		require.Same(t, r.at.timeline, r.at.pane)
		require.Empty(t, r.history)
	})
}

// A view without a query is about the rows on screen.
func TestAViewWithoutAQuery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := viewing(t, 120, 40, views.View{Name: "full", Filter: "user2", Order: "recipient"})
		asked := len(r.api.asked)
		r.keys("o", "enter")
		require.Equal(t, "user2", r.at.session.Filter())
		require.Equal(t, recordset.ByRecipient, r.at.session.Order.By)
		require.Len(t, r.api.asked, asked)
		require.Empty(t, r.history)
	})
}
