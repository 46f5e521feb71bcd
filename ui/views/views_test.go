package views

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone)

func TestVariables(t *testing.T) {
	v := View{Query: []Value{{"days", "{days}"}, {"email", "{who},{who}"}, {"label-name", "{x"}}, Filter: `domain:{domain} /\d{3}\p{Han}{收件人}/ time:{days}`}
	require.Equal(t, []string{"days", "who", "domain", "收件人"}, v.Variables())
	got := v.Filled(map[string]string{"days": "3", "who": "a@example.com", "domain": "{who}", "收件人": "x", "Han": "wrong"})
	require.Equal(t, []Value{{"days", "3"}, {"email", "a@example.com,a@example.com"}, {"label-name", "{x"}}, got.Query)
	require.Equal(t, `domain:{who} /\d{3}\p{Han}x/ time:3`, got.Filter, "what is typed is text")
	require.Equal(t, "{days}", v.Query[0].Text, "the view itself stays as it is")
}

// A query comes back from a view as it was.
func TestQueryComesBack(t *testing.T) {
	words := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,5}`), 0, 3, func(s string) string { return s })
	rapid.Check(t, func(t *rapid.T) {
		q := sendcloud.Query{Days: rapid.IntRange(0, 92).Draw(t, "days"), LabelName: rapid.StringMatching(`([a-z] ?,?){0,4}[a-z]`).Draw(t, "label"),
			Start: rapid.IntRange(0, 500).Draw(t, "start"), Limit: rapid.IntRange(0, 100).Draw(t, "limit"), StartDate: sendcloud.DateOf(now),
			Statuses: rapid.SliceOfNDistinct(rapid.SampledFrom(sendcloud.Statuses()), 0, 3, func(s sendcloud.Status) sendcloud.Status { return s }).Draw(t, "statuses")}
		for _, w := range words.Draw(t, "users") {
			q.APIUsers = append(q.APIUsers, w)
			q.Emails, q.EmailIDs = append(q.Emails, w+"@example.com"), append(q.EmailIDs, "1795397411000_15_1.x$"+w+"@example.com")
		}
		q.SubStatuses = []sendcloud.SubStatus{406, 505}
		var got sendcloud.Query
		if err := (View{Query: Of(q)}).Read(&got, now); err != nil {
			t.Fatal(err)
		}
		require.Equal(t, Of(q), Of(got))
	})
}

func TestOrderComesBack(t *testing.T) {
	for _, o := range []*recordset.Order{nil, {By: recordset.ByTook, Descending: true}, {By: recordset.ByRecipient}} {
		got, ok := View{Order: OrderText(o)}.Sorted()
		require.True(t, ok)
		require.Equal(t, o, got)
	}
}

func TestAnOrderByTwoColumns(t *testing.T) {
	o, ok := View{Order: "recipient, -took"}.Sorted()
	require.True(t, ok)
	require.Equal(t, &recordset.Order{By: recordset.ByRecipient, Second: true, Then: recordset.ByTook, ThenDescending: true}, o)
	require.Equal(t, "recipient,-took", OrderText(o))
	_, ok = View{Order: "recipient,nosuch"}.Sorted()
	require.False(t, ok)
}
