package session

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/screen"
)

// runner runs the jobs of sessions one after the other, without a screen.
type runner struct {
	t       *testing.T
	running screen.Kind
}

func (r *runner) run(e screen.Effect) {
	for _, job := range e.Run {
		if job.Kind == Look {
			continue
		}
		r.running = job.Kind
		got, err := job.Run(context.Background(), func(any) {})
		r.running = ""
		require.NoError(r.t, err)
		r.run(job.Done(got, err))
	}
}

// alone is a session on the simulated service that nobody looks at.
func alone(t *testing.T, q sendcloud.Query, path ...screen.Step) (*Session, *runner) {
	srv, err := sendcloudtest.New(sendcloudtest.Options{Records: 4000, Seed: 3})
	require.NoError(t, err)
	web := httptest.NewServer(srv)
	t.Cleanup(web.Close)
	client, err := sendcloud.New(sendcloud.Config{BaseURL: web.URL + "/apiv2", APIUser: sendcloudtest.DefaultUser, APIKey: sendcloudtest.DefaultKey, CallsPerMinute: 3000})
	require.NoError(t, err)
	r := &runner{t: t}
	env := &Env{API: client, Rules: bounce.Default(), Now: time.Now, Running: func(k screen.Kind) bool { return k == r.running }, Log: slog.New(slog.DiscardHandler)}
	plan, err := client.Plan(q)
	require.NoError(t, err)
	s := New(env, plan, path)
	r.run(s.Start())
	return s, r
}

func TestASessionNeedsNoScreen(t *testing.T) {
	s, r := alone(t, sendcloud.Query{Days: 92})
	c := s.Coverage()
	require.Equal(t, FromPages, s.From())
	require.Equal(t, 100, c.Here)
	require.Greater(t, c.Of, 300)
	s.MoveTo(150)
	_, here := s.Selected()
	require.False(t, here)
	r.run(s.Fill(140, 160))
	rec, here := s.Selected()
	require.True(t, here, "the page in view was not asked for")

	r.run(s.Fetch())
	require.True(t, s.Fetched())
	require.Equal(t, c.Of, s.Total())
	now, _ := s.Selected()
	require.Equal(t, rec.EmailID, now.EmailID, "the selection stays on its row")

	r.run(s.SetOrder(&recordset.Order{By: recordset.ByRecipient}))
	e, ok := s.Narrow(screen.Step{Term: "domain:qq.com", Text: "qq.com"})
	require.True(t, ok)
	r.run(e)
	last := ""
	for i := range s.Total() {
		rec, _ := s.At(i)
		require.True(t, strings.HasSuffix(rec.Recipients, "@qq.com"))
		require.LessOrEqual(t, last, rec.Recipients)
		last = rec.Recipients
	}
	require.Less(t, s.Total(), c.Of)
	s.MarkAll()
	require.Equal(t, s.Total(), s.Marks.Len())
	r.run(s.Widen())
	require.Equal(t, c.Of, s.Total())
}

// The pages that were looked at stand in the service's order, whatever the order
// they came in.
func TestPagesAreListedInTheirOrder(t *testing.T) {
	s, r := alone(t, sendcloud.Query{Days: 92})
	for _, at := range []int{300, 200} {
		s.MoveTo(at)
		r.run(s.Fill(at, at+10))
	}
	var listed []string
	for i := range s.Total() {
		if rec, ok := s.At(i); ok {
			listed = append(listed, rec.EmailID)
		}
	}
	require.Len(t, listed, 300)
	r.run(s.SetPath([]screen.Step{{Term: "!zzzz", Text: "all"}}))
	for i, id := range listed {
		rec, ok := s.At(i)
		require.True(t, ok)
		require.Equal(t, id, rec.EmailID, "at %d", i)
	}
}

// A question that comes with a filter lists no row that does not pass it, not
// even for a moment.
func TestRowsThatDoNotPassAreNeverListed(t *testing.T) {
	s, _ := alone(t, sendcloud.Query{Days: 92}, screen.Step{Term: "domain:qq.com", Text: "qq.com"})
	require.Positive(t, s.Total())
	require.Less(t, s.Total(), 100)
	for i := range s.Total() {
		rec, _ := s.At(i)
		require.True(t, strings.HasSuffix(rec.Recipients, "@qq.com"))
	}
}
