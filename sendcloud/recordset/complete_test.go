package recordset

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func candidateTexts(c Completion) []string {
	var all []string
	for _, x := range c.Candidates {
		all = append(all, x.Text)
	}
	return all
}

func TestCompletion(t *testing.T) {
	s := filterRows(t)
	for _, c := range []struct {
		text       string
		cursor     int
		start, end int
		want       []string
	}{
		{"", 0, 0, 0, []string{"to:", "domain:", "status:", "sub:", "cause:", "perm:", "provider:", "user:", "said:", "pattern:", "ip:", "took:", "time:", "changed:", "party:", "code:", "id:", "contradicts:"}},
		{"550 st", 6, 4, 6, []string{"status:"}},
		{"550 !P", 6, 5, 6, []string{"perm:", "provider:", "pattern:", "party:"}},
		{"！t", 4, 3, 4, []string{"to:", "took:", "time:"}},
		{"domain:", 7, 7, 7, []string{"qq.com", "163.com", "mail.example.com", "sub.mail.example.com"}},
		{"domain:mail", 11, 7, 11, []string{"mail.example.com", "sub.mail.example.com"}},
		{"domain:qq.com,1", 15, 14, 15, []string{"163.com"}},
		{"domain：QQ", 11, 9, 11, []string{"qq.com"}},
		{"status:in x", 9, 7, 9, []string{"invalid"}},
		{"user:", 5, 5, 5, []string{"news", `"shop order"`, "none"}},
		{`user:"shop o`, 12, 5, 12, []string{`"shop order"`}},
		{"sub:", 4, 4, 4, []string{"none", "406", "505"}},
		{"took:>", 6, 5, 6, []string{">1m", ">10m", ">1h", ">1d"}},
		{"time:", 5, 5, 5, []string{"2026-11-21", "2026-11-20"}},
		{"changed:", 8, 8, 8, []string{"2026-11-21", "2026-11-20"}},
		{"to:w", 4, 3, 4, nil},
		{"zzz", 3, 0, 3, nil},
	} {
		got, err := s.Complete(t.Context(), c.text, c.cursor)
		require.NoError(t, err)
		require.Equal(t, c.want, candidateTexts(got), "completion of %q", c.text)
		require.Equal(t, []int{c.start, c.end}, []int{got.Start, got.End}, "completion of %q", c.text)
	}
}

// Whatever is completed without rows is a filter, and no column of data is made up.
func TestCompletionWithoutRows(t *testing.T) {
	listed := 0
	for _, f := range Fields() {
		got, err := Snapshot{}.Complete(t.Context(), f.String()+":", len(f.String())+1)
		require.NoError(t, err)
		for _, c := range got.Candidates {
			mustParse(t, f.String()+":"+c.Text)
		}
		if len(got.Candidates) > 0 {
			listed++
		}
	}
	require.Equal(t, 9, listed, "status, sub, cause, perm, provider, party, took, contradicts, time")
}

func TestCompletionOfPatternsShowsTheirText(t *testing.T) {
	s := filterRows(t)
	got, err := s.Complete(t.Context(), "pattern:mailbox", 15)
	require.NoError(t, err)
	require.Len(t, got.Candidates, 1)
	require.Equal(t, "550 Mailbox not found for {addr}", got.Candidates[0].Detail)
	require.Equal(t, 1, got.Candidates[0].Count)
}
