// Package recipient answers what support asks about one mail: what else its recipient got, whether others share what
// happened to it, which label it has, and how much of all mail that is.
package recipient

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"bounceboard/keymap"
	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/theme"
	"bounceboard/ui/confirm"
	"bounceboard/ui/pane"
	"bounceboard/ui/screen"
	"bounceboard/ui/session"
	"bounceboard/ui/words"
)

// The kinds of jobs.
const (
	Summing   screen.Kind = "sum"       // one recipient's mail
	Spelling  screen.Kind = "spelling"  // how an address is written in the rows
	Comparing screen.Kind = "compare"   // the selected row with the others
	Counting  screen.Kind = "delivered" // how many rows there are with delivered mail
)

// mostSpellings is how many spellings of an address are asked for: each costs a call for every window.
const mostSpellings = 4

// Env is what all questions need.
type Env struct {
	API          session.Service // nil: there is only a file
	Theme        theme.Theme
	Lang         words.Lang
	Keys         keymap.Map
	LookbackDays int // how far a query may reach back; 0 is the client's default
}

// Newest is the order of a recipient's mail.
func Newest() *recordset.Order {
	return &recordset.Order{By: recordset.ByRequested, Descending: true}
}

// AskAll asks for all mail of an address. Upper and lower case do not make another person, but the service compares
// addresses exactly: every spelling in the rows is asked for, and small letters.
func AskAll(env Env, snap recordset.Snapshot, address string) screen.Effect {
	return screen.Run(screen.Job{Kind: Spelling,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			return snap.Spellings(ctx, address, mostSpellings), nil
		},
		Done: func(result any, _ error) screen.Effect {
			found, _ := result.([]string)
			addresses := []string{address}
			for _, a := range append([]string{strings.ToLower(address)}, found...) {
				if !slices.Contains(addresses, a) && len(addresses) < mostSpellings {
					addresses = append(addresses, a)
				}
			}
			days := cmp.Or(env.LookbackDays, sendcloud.DefaultLookbackDays)
			return screen.Effect{Ask: &screen.Question{Query: sendcloud.Query{Emails: addresses, Days: days}, Person: true}}
		}})
}

// InFile narrows the rows of a file to one address: nothing can be asked. The sum is said once.
func InFile(env Env, snap recordset.Snapshot, address string) screen.Effect {
	step := &screen.Step{Term: "to:/^" + regexp.QuoteMeta(address) + "$/", Text: env.Lang.Say(words.MailFilter, address)}
	e := screen.Run(screen.Job{Kind: Summing,
		Run: func(ctx context.Context, _ func(any)) (any, error) {
			filter, err := recordset.ParseFilter(step.Term, time.Time{})
			if err != nil {
				return nil, err
			}
			n, err := snap.Narrow(ctx, filter, nil)
			if err != nil {
				return nil, err
			}
			return snap.MailOf(n.Rows), nil
		},
		Done: func(result any, _ error) screen.Effect {
			mail, _ := result.(recordset.Mail)
			return screen.Say(words.RecipientMail(env.Lang, mail, false))
		}})
	e.Filter = step
	return e
}

// Sum is one recipient's mail in a sentence. It follows the rows.
type Sum struct {
	lang words.Lang
	rows func() pane.Rows
	said string
}

// NewSum returns a sum of the rows that rows tells.
func NewSum(env Env, rows func() pane.Rows) *Sum { return &Sum{lang: env.Lang, rows: rows} }

// Text is the sentence; empty while it is not known.
func (s *Sum) Text() string { return s.said }

// Refresh counts anew.
func (s *Sum) Refresh() screen.Effect {
	rows := s.rows()
	return pane.Count(Summing, true, func(context.Context) (recordset.Mail, error) {
		return rows.Snapshot.MailOf(rows.Snapshot.All()), nil
	}, func(m recordset.Mail) {
		s.said = words.RecipientMail(s.lang, m, rows.Here < rows.Of || rows.Open)
	})
}

// NoDelivered reports whether a query leaves out delivered mail.
func NoDelivered(q sendcloud.Query) bool {
	return len(q.SubStatuses) > 0 || len(q.Statuses) > 0 && !slices.Contains(q.Statuses, sendcloud.Delivered)
}

func everyStatus(q sendcloud.Query) sendcloud.Query {
	q.Statuses, q.SubStatuses, q.Start = nil, nil, 0
	return q
}

// WithDelivered asks a query for every status, which rates need. First it asks how many rows that is, and says the cost.
// busy reports whether somebody is typing by then: nobody is asked in the middle of a word.
func WithDelivered(env Env, plan sendcloud.Plan, path []screen.Step, busy func() bool) screen.Effect {
	if !NoDelivered(plan.Query) {
		return screen.Say(env.Lang.Say(words.DeliveredIn.With(env.Keys)))
	}
	all, err := env.API.Plan(everyStatus(plan.Query))
	if err != nil {
		return screen.Warn(words.ErrorHere(env.Lang, err))
	}
	e := screen.Run(screen.Job{Kind: Counting,
		Run: func(ctx context.Context, _ func(any)) (any, error) { return env.API.Page(ctx, all, 0, 1, false, nil) },
		Done: func(result any, err error) screen.Effect {
			page, _ := result.(sendcloud.Page)
			if errors.Is(err, context.Canceled) {
				return screen.Effect{}
			} else if err != nil {
				return screen.Warn(words.ErrorHere(env.Lang, err))
			}
			cost := env.cost(page, all)
			if busy() {
				return screen.Say(cost)
			}
			return screen.Effect{Say: &screen.Notice{}, Push: confirm.New(env.Theme, cost, func() screen.Effect {
				return screen.Effect{Ask: &screen.Question{Query: all.Query, Path: path, Whole: true}}
			})}
		}})
	e.Say = &screen.Notice{Text: env.Lang.Say(words.Loading)}
	return e
}

// cost says what fetching every row of a plan takes, of which a page is here.
func (env Env) cost(page sendcloud.Page, plan sendcloud.Plan) string {
	perMinute := max(1, env.API.Budget().PerMinute)
	if page.AtLeast {
		return env.Lang.Say(words.DeliveredOpen, words.Number(perMinute*session.PageSize), words.Number(perMinute))
	}
	calls := (page.Total+session.PageSize-1)/session.PageSize + plan.Calls() - 1
	takes := words.About(env.Lang, time.Duration(calls)*time.Minute/time.Duration(perMinute)+time.Second)
	return env.Lang.Say(words.DeliveredCost, words.Number(page.Total), words.Number(calls), takes, words.Number(perMinute))
}
