package recipient

import (
	"context"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// Others knows how far others share what happened to a mail, by its email id. It forgets that when other rows come.
type Others struct {
	rows, mined int
	said        map[string]string
}

// Of returns what is known about a row, and the job that finds it out once for each row. While rows are coming it waits:
// the numbers would change with each page.
func (o *Others) Of(env Env, s *session.Session, rec sendcloud.Record, waits bool) (said string, e screen.Effect) {
	snap := s.Snapshot()
	if o.rows != snap.Len() || o.mined != snap.Mined() {
		if waits || snap.Mined() < snap.Len() {
			return "", e
		}
		*o = Others{snap.Len(), snap.Mined(), map[string]string{}}
	}
	said, known := o.said[rec.EmailID]
	if known || rec.Status == sendcloud.Delivered || strings.TrimSpace(rec.SendLog) == "" {
		return said, e
	}
	all, calls, to := s.Coverage().Of, 0, o.said
	if plan, service := s.Plan(); service && NoDelivered(plan.Query) {
		wider, _ := env.API.Plan(everyStatus(plan.Query))
		calls = wider.Calls()
	}
	return "", screen.Run(screen.Job{Kind: Comparing, Name: rec.EmailID,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			row, ok := snap.Find(rec.EmailID)
			if !ok {
				return nil, nil
			}
			a, _, err := snap.Alike(ctx, row)
			return a, err
		},
		Done: func(result any, _ error) screen.Effect {
			to[rec.EmailID] = "" // without an answer the row is not compared again
			if a, ok := result.(recordset.Alike); ok && a.Rows > 0 {
				to[rec.EmailID] = words.Alike(env.Lang, env.Keys, a, all, calls)
			}
			return screen.Effect{}
		}})
}
