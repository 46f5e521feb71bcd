package form

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/stretchr/testify/require"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// noon is Monday, 2026-11-23 on the service's clock.
func noon() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, sendcloud.Zone) }

func day(s string) sendcloud.Date {
	d, err := sendcloud.ParseDate(s, noon())
	if err != nil {
		panic(err)
	}
	return d
}

func opened(q sendcloud.Query) *Form { return openedWith(q, perDay) }

func openedWith(q sendcloud.Query, cost func(sendcloud.Query) (int, []sendcloud.Note, error)) *Form {
	f := New(Options{
		Theme: theme.New(theme.Dark, false), Lang: words.English, Now: noon, Query: q, Cost: cost,
	})
	f.Resize(80, 20)
	return f
}

// ask presses the search.
func ask(f *Form) (sendcloud.Query, bool) {
	e := f.Press(keymap.Search, "")
	if e.Ask == nil {
		return f.says, false
	}
	return e.Ask.Query, true
}

func view(f *Form) string { return strings.Join(f.Draw(true), "\n") }

// perDay costs a call for each address, and warns as the client does.
func perDay(q sendcloud.Query) (int, []sendcloud.Note, error) {
	var notes []sendcloud.Note
	if q.LabelName != "" && q.LabelID == "" {
		notes = append(notes, sendcloud.NameIsFuzzy)
	}
	if q.Days == 0 && q.StartDate.IsZero() {
		notes = append(notes, sendcloud.DefaultSpan)
	}
	return max(1, len(q.Emails)), notes, nil
}

func (f *Form) keys(s string) *Form {
	for _, r := range s {
		if r == ' ' {
			f.Press(keymap.Toggle, "") // as keymap binds it
			continue
		}
		f.Type(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
	return f
}

func (f *Form) goTo(p sendcloud.Param) *Form {
	for range f.fields {
		if f.at().param == p {
			break
		}
		f.Press(keymap.NextField, "")
	}
	return f
}

// row is what the screen shows of a field, the row under it included.
func (f *Form) rows(p sendcloud.Param) string {
	lines := strings.Split(plain(view(f)), "\n")
	for i, l := range lines {
		if strings.Contains(l, "  "+string(p)+" ") && i+1 < len(lines) {
			return l + "\n" + lines[i+1]
		}
	}
	return ""
}

func asked(t *testing.T, f *Form) sendcloud.Query {
	t.Helper()
	q, ok := ask(f)
	require.True(t, ok, "the form refused:\n%s", plain(view(f)))
	return q
}

func TestEveryParameterGoesRoundTheForm(t *testing.T) {
	whole := sendcloud.Query{
		Emails: []string{"lin.wei@qq.com", "wang@163.com"}, EmailIDs: []string{"1795397411000_15_1_1.sc-inbound0$wang@163.com"},
		LabelID: "20022", LabelName: "autumn sale", StartDate: day("2026-11-20"), EndDate: day("2026-11-22"),
		APIUsers: []string{"batch_a", "notify"}, Statuses: []sendcloud.Status{sendcloud.Invalid},
		SubStatuses: []sendcloud.SubStatus{401, 406}, Start: 200, Limit: 50,
	}
	f := opened(whole)
	require.Equal(t, whole, asked(t, f))
	require.False(t, f.Changed(), "nothing was typed")
	require.Equal(t, 9, asked(t, opened(sendcloud.Query{Days: 9})).Days)
	require.Equal(t, sendcloud.Query{}, asked(t, opened(sendcloud.Query{})))
}

func TestTypingEveryField(t *testing.T) {
	type typed struct {
		param sendcloud.Param
		keys  string
		want  sendcloud.Query
	}
	for _, c := range []typed{
		{sendcloud.ParamEmail, "Lin <lin.wei@qq.com>", sendcloud.Query{Emails: []string{"lin.wei@qq.com"}}},
		{sendcloud.ParamEmail, "mailto:lin.wei＠qq．com", sendcloud.Query{Emails: []string{"lin.wei@qq.com"}}},
		{sendcloud.ParamEmail, "a@qq.com，b@163.com c@sina.cn", sendcloud.Query{Emails: []string{"a@qq.com", "b@163.com", "c@sina.cn"}}},
		{sendcloud.ParamEmailIDs, "x1;x2", sendcloud.Query{EmailIDs: []string{"x1", "x2"}}},
		{sendcloud.ParamStatus, " ", sendcloud.Query{Statuses: []sendcloud.Status{sendcloud.Delivered}}},
		{sendcloud.ParamDays, "7", sendcloud.Query{Days: 7}},
		{sendcloud.ParamDays, "３０", sendcloud.Query{Days: 30}},
		{sendcloud.ParamAPIUsers, "batch_a, notify", sendcloud.Query{APIUsers: []string{"batch_a", "notify"}}},
		{sendcloud.ParamLabelName, "autumn sale", sendcloud.Query{LabelName: "autumn sale"}},
		{sendcloud.ParamLabelID, "20022", sendcloud.Query{LabelID: "20022"}},
		{sendcloud.ParamStart, "100", sendcloud.Query{Start: 100}},
		{sendcloud.ParamLimit, "50", sendcloud.Query{Limit: 50}},
	} {
		f := opened(sendcloud.Query{}).goTo(c.param).keys(c.keys)
		require.Equal(t, c.want, asked(t, f), "%q typed into %s", c.keys, c.param)
		require.True(t, f.Changed(), "%q typed into %s", c.keys, c.param)
	}
}

func TestDatesAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]string{
		"-3d": "2026-11-20", "yesterday": "2026-11-22", "昨天": "2026-11-22", "2026-11-01": "2026-11-01",
		"2026/11/20": "2026-11-20", "2026.11.2": "2026-11-02", "20261120": "2026-11-20", "２０２６／１１／２０": "2026-11-20", "2026。11。20": "2026-11-20",
		"11-20": "2026-11-20", "11/3": "2026-11-03",
	} {
		f := opened(sendcloud.Query{}).goTo(sendcloud.ParamStartDate).keys(text)
		require.Contains(t, f.rows(sendcloud.ParamStartDate), want, "the day stands beside %q", text)
		f.goTo(sendcloud.ParamEndDate).keys("today")
		q := asked(t, f)
		require.Equal(t, day(want), q.StartDate, text)
		require.Equal(t, day("2026-11-23"), q.EndDate)
	}
}

// A value is judged while it is typed, and the reason stands below it.
func TestAReasonIsSaidAtOnce(t *testing.T) {
	for _, c := range []struct {
		param sendcloud.Param
		keys  string
	}{
		{sendcloud.ParamEmail, "lin@@"}, {sendcloud.ParamStartDate, "2026-02-30"}, {sendcloud.ParamDays, "x"}, {sendcloud.ParamDays, "93"},
		{sendcloud.ParamDays, "0"}, {sendcloud.ParamLimit, "101"}, {sendcloud.ParamLimit, "0"}, {sendcloud.ParamStart, "-"},
	} {
		f := opened(sendcloud.Query{}).goTo(c.param).keys(c.keys)
		require.Contains(t, f.rows(c.param), "! ", "%q typed into %s", c.keys, c.param)
		require.Contains(t, foot(f), "correct it to search")
		f.Press(keymap.NextField, "")
		require.NotNil(t, f.reason(f.field(c.param)), "%q left in %s", c.keys, c.param)
	}
}

func TestSearchStopsAtTheFirstWrongField(t *testing.T) {
	f := opened(sendcloud.Query{}).goTo(sendcloud.ParamLimit).keys("0").goTo(sendcloud.ParamEmail).keys("lin.wei")
	f.goTo(sendcloud.ParamStatus)
	_, ok := ask(f)
	require.False(t, ok)
	require.Equal(t, sendcloud.ParamEmail, f.at().param)
	require.Contains(t, f.rows(sendcloud.ParamEmail), `"lin.wei" is no address`)

	f.keys("@qq.com")
	require.NotContains(t, f.rows(sendcloud.ParamEmail), "! ")
	_, ok = ask(f)
	require.False(t, ok)
	require.Equal(t, sendcloud.ParamLimit, f.at().param)

	f.Press(keymap.Clear, "")
	require.Equal(t, []string{"lin.wei@qq.com"}, asked(t, f).Emails)
}

// Who comes to a filled field and types replaces its value; who moves in it edits it.
func TestTypingReplacesWhatStoodThere(t *testing.T) {
	f := opened(sendcloud.Query{LabelName: "autumn", Days: 7}).goTo(sendcloud.ParamLabelName).keys("sp")
	require.Equal(t, "sp", f.says.LabelName)
	f.Press(keymap.NextField, "")
	f.Press(keymap.PrevField, "")
	f.Type(tea.KeyMsg{Type: tea.KeyEnd})
	f.keys("ring")
	require.Equal(t, "spring", f.says.LabelName)
	require.Equal(t, 3, f.goTo(sendcloud.ParamDays).keys("3").says.Days)
}

// An address or an id means all its mail, and that shows while it is typed.
func TestStatusesGiveWayToAnAddress(t *testing.T) {
	f := opened(failures7)
	require.Contains(t, f.rows(sendcloud.ParamStatus), "invalid")
	f.keys("a@qq.com")
	require.Contains(t, f.rows(sendcloud.ParamStatus), " any ")
	require.Equal(t, sendcloud.Query{Emails: []string{"a@qq.com"}, Days: 7}, f.says)
	f.Press(keymap.Clear, "")
	require.Equal(t, failures7, f.says, "they are back where the address is gone")
	f.goTo(sendcloud.ParamStatus).keys(" ").goTo(sendcloud.ParamEmail).keys("a@qq.com")
	require.Len(t, f.says.Statuses, 3, "chosen by hand")
	f = opened(failures7).keys("a@qq.com").goTo(sendcloud.ParamStatus).keys(" ")
	require.Equal(t, []sendcloud.Status{sendcloud.Delivered}, f.says.Statuses, "one sees none chosen and chooses one")
}

func TestDaysComeBackWhenADateIsCleared(t *testing.T) {
	f := opened(sendcloud.Query{Days: 7}).goTo(sendcloud.ParamStartDate).keys("-3d")
	require.Zero(t, f.says.Days)
	f.Press(keymap.Clear, "")
	require.Equal(t, sendcloud.Query{Days: 7}, asked(t, f))
}

func TestAnUntouchedSpanGivesWay(t *testing.T) {
	f := opened(sendcloud.Query{Days: 7}).goTo(sendcloud.ParamStartDate).keys("-3d").goTo(sendcloud.ParamEndDate).keys("today")
	q := asked(t, f)
	require.Equal(t, sendcloud.Query{StartDate: day("-3d"), EndDate: day("today")}, q)
	require.NotContains(t, f.rows(sendcloud.ParamDays), "7", "what gave way still stands there")
	f = opened(sendcloud.Query{StartDate: day("-3d"), EndDate: day("today")}).goTo(sendcloud.ParamDays).keys("5")
	require.Equal(t, sendcloud.Query{Days: 5}, asked(t, f))
	f = opened(sendcloud.Query{Days: 7}).goTo(sendcloud.ParamStartDate).keys("-200d")
	_, ok := ask(f)
	require.Contains(t, f.rows(sendcloud.ParamStartDate), "only the last 92 days")
	require.False(t, ok)
	require.Equal(t, sendcloud.ParamStartDate, f.at().param, "the cursor is not in the field that is wrong")
}

func TestHalfAPairIsSaidWhenThePairIsLeft(t *testing.T) {
	f := opened(sendcloud.Query{}).goTo(sendcloud.ParamStartDate).keys("-3d")
	require.Nil(t, firstShown(f), "the other date comes next")
	f.Press(keymap.NextField, "")
	require.Nil(t, firstShown(f), "the other date is about to be typed")
	f.Press(keymap.NextField, "")
	require.Equal(t, sendcloud.ParamEndDate, firstShown(f).param)

	f = opened(sendcloud.Query{}).goTo(sendcloud.ParamStartDate).keys("-3d")
	_, ok := ask(f)
	require.False(t, ok)
	require.Equal(t, sendcloud.ParamEndDate, f.at().param, "the cursor goes to what is missing")
}

func TestPasteGoesWhereItFits(t *testing.T) {
	const id = "1795397411000_15_1_1.sc-10_10_126_221-inbound0$billing@example.com.cn"
	for _, c := range []struct {
		at   sendcloud.Param
		text string
		want sendcloud.Query
	}{
		{sendcloud.ParamEmail, "<lin.wei@qq.com>", sendcloud.Query{Emails: []string{"lin.wei@qq.com"}}},
		{sendcloud.ParamLabelName, "mailto:lin.wei＠qq．com", sendcloud.Query{Emails: []string{"lin.wei@qq.com"}}},
		{sendcloud.ParamStatus, "a@qq.com\r\nb@163.com\tc@sina.cn\n", sendcloud.Query{Emails: []string{"a@qq.com", "b@163.com", "c@sina.cn"}}},
		{sendcloud.ParamEmail, id + "\n", sendcloud.Query{EmailIDs: []string{id}}},
		{sendcloud.ParamEmail, "Nov 23 to=<lin.wei@qq.com>, status=bounced (550)", sendcloud.Query{Emails: []string{"lin.wei@qq.com"}}},
		{sendcloud.ParamAPIUsers, "batch_a\nnotify\n", sendcloud.Query{APIUsers: []string{"batch_a", "notify"}}},
		{sendcloud.ParamLabelName, "autumn\nsale", sendcloud.Query{LabelName: "autumn sale"}},
		{sendcloud.ParamDays, "30", sendcloud.Query{Days: 30}},
	} {
		f := opened(sendcloud.Query{}).goTo(c.at)
		f.Paste(c.text)
		require.Equal(t, c.want, asked(t, f), "%q pasted at %s", c.text, c.at)
	}
}

func TestPasteReplacesWhatNobodyTouched(t *testing.T) {
	f := opened(sendcloud.Query{Emails: []string{"old@qq.com"}, Days: 7})
	f.Paste("new@qq.com")
	require.Equal(t, sendcloud.Query{Emails: []string{"new@qq.com"}, Days: 7}, asked(t, f))
	f.Paste("more@qq.com\n")
	require.Equal(t, []string{"new@qq.com", "more@qq.com"}, asked(t, f).Emails)
}

func TestPasteThatIsNothingIsKeptToBeSeen(t *testing.T) {
	f := opened(sendcloud.Query{})
	f.Paste("lin.wei at qq")
	require.Equal(t, "lin.wei at qq", f.at().input.Text())
	_, ok := ask(f)
	require.False(t, ok)
}

func TestMovingInLists(t *testing.T) {
	f := opened(sendcloud.Query{}).goTo(sendcloud.ParamSubStatus)
	code := func() int { return f.at().codes[f.at().cursor] }
	f.Press(keymap.Down, "")
	require.Equal(t, 402, code())
	for code() != 509 {
		f.Press(keymap.Down, "")
	}
	require.Equal(t, 509, code())
	f.Press(keymap.Down, "")
	require.Equal(t, words.FilterCause, f.at().param, "at its end a list is left")
	f.Press(keymap.Up, "")
	require.Equal(t, 509, code())
	f.Press(keymap.NextField, "")
	require.Equal(t, words.FilterCause, f.at().param)
	f.Press(keymap.PrevField, "")
	for code() != 408 {
		f.Press(keymap.Up, "")
	}
	f.Press(keymap.Toggle, "")
	require.Equal(t, []sendcloud.SubStatus{408}, f.says.SubStatuses)
	f.Press(keymap.Clear, "")
	require.Empty(t, f.says.SubStatuses)
}

func TestFieldsAreARing(t *testing.T) {
	f := opened(sendcloud.Query{})
	f.Press(keymap.PrevField, "")
	require.Equal(t, sendcloud.ParamLimit, f.at().param)
	f.Press(keymap.Down, "")
	require.Equal(t, sendcloud.ParamEmail, f.at().param)
}

func TestEditing(t *testing.T) {
	f := opened(sendcloud.Query{LabelName: "autumn sale"}).goTo(sendcloud.ParamLabelName)
	f.Type(tea.KeyMsg{Type: tea.KeyHome})
	f.Press(keymap.Later, "")
	f.keys("  ")
	require.Equal(t, "a  utumn sale", f.at().input.Text())
	f.Type(tea.KeyMsg{Type: tea.KeyBackspace})
	f.Type(tea.KeyMsg{Type: tea.KeyCtrlK})
	require.Equal(t, "a ", f.at().input.Text())
}

func TestCost(t *testing.T) {
	f := opened(sendcloud.Query{})
	require.Contains(t, foot(f), "1 call at most")
	require.Contains(t, foot(f), "no dates: the last 7 days")
	f.keys("a@qq.com b@qq.com")
	require.Contains(t, foot(f), "2 calls at most")
	f.keys(" c")
	require.Contains(t, foot(f), "Recipient: correct it to search")
	f.Press(keymap.Clear, "")
	f.goTo(sendcloud.ParamLabelName).keys("au")
	require.Contains(t, foot(f), "the label name is a fuzzy match")

	f = openedWith(sendcloud.Query{}, func(sendcloud.Query) (int, []sendcloud.Note, error) {
		return 0, nil, fmt.Errorf("no plan: %w", &sendcloud.ParameterError{Param: sendcloud.ParamLabelID, Reason: sendcloud.Empty})
	})
	_, ok := ask(f)
	require.False(t, ok, "what the plan refuses stops the search")
	require.Equal(t, sendcloud.ParamLabelID, f.at().param)
}

// firstShown is the first field that is said to be wrong; nil: none.
func firstShown(f *Form) *field {
	for i := range f.fields {
		if f.reason(&f.fields[i]) != nil {
			return &f.fields[i]
		}
	}
	return nil
}

func foot(f *Form) string {
	lines := strings.Split(plain(view(f)), "\n")
	return lines[len(lines)-1]
}

func TestLookbackIsTheProfiles(t *testing.T) {
	f := New(Options{Theme: theme.New(theme.Dark, false), Lang: words.English, Now: noon, LookbackDays: 10})
	f.Resize(80, 20)
	f.goTo(sendcloud.ParamDays).keys("11")
	f.Press(keymap.NextField, "")
	require.Contains(t, f.rows(sendcloud.ParamDays), "at most 10 days")
}

func TestChoosingIsForLists(t *testing.T) {
	f := opened(sendcloud.Query{})
	require.False(t, f.goTo(sendcloud.ParamEmail).Can(keymap.Toggle))
	require.True(t, f.goTo(sendcloud.ParamSubStatus).Can(keymap.Toggle))
}

// What is chosen here stands in the path of the rows, where the form finds it
// again. A step that says more is left alone.
func TestFiltersMadeHereAreAStepOfThePath(t *testing.T) {
	f := opened(sendcloud.Query{Days: 7}).goTo(words.FilterCause)
	f.Press(keymap.Down, "")
	f.Press(keymap.Toggle, "")
	f.goTo(words.FilterPermanence)
	f.Press(keymap.Toggle, "")
	e := f.Press(keymap.Search, "")
	require.True(t, e.Pop)
	require.Len(t, e.Ask.Path, 1)
	parsed, err := recordset.ParseFilter(e.Ask.Path[0].Term, noon())
	require.NoError(t, err)
	require.False(t, parsed.Empty())

	again := New(Options{Theme: f.Theme, Lang: words.English, Now: noon, Query: e.Ask.Query, Path: append(e.Ask.Path, screen.Step{Term: "domain:qq.com"})})
	require.Equal(t, f.question(), again.question())
	require.False(t, again.Changed())
	for _, term := range []string{"/frequency", recordset.Not(e.Ask.Path[0].Term), e.Ask.Path[0].Term + " domain:qq.com", "cause:none"} {
		other := New(Options{Theme: f.Theme, Lang: words.English, Now: noon, Path: []screen.Step{{Term: term}}})
		require.Empty(t, other.path(), term)
	}
}

func TestEscLeavesTheForm(t *testing.T) {
	require.True(t, opened(sendcloud.Query{}).keys("a").Press(keymap.Back, "").Pop)
}

// What is typed in a list leads to a choice, or is refused at once.
func TestTypingInAList(t *testing.T) {
	f := opened(sendcloud.Query{Days: 7})
	for f.at().param != sendcloud.ParamSubStatus {
		f.step(1)
	}
	f.keys("50")
	require.NotContains(t, f.rows(sendcloud.ParamSubStatus), "! ")
	require.Equal(t, 503, f.at().codes[f.at().cursor])
	f.Press(keymap.Toggle, " ")
	require.Contains(t, f.keys("499").rows(sendcloud.ParamSubStatus), "begins with “499”")
	_, ok := ask(f)
	require.False(t, ok, "what was typed would be left out")
	require.Equal(t, []int{503}, f.at().marked())
}
