package recipient

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/confirm"
	"bounceboard/ui/recall"
	"bounceboard/ui/screen"
	"bounceboard/ui/words"
)

// Labelling is the kind of job that asks for labels.
const Labelling screen.Kind = "label"

// manyLabels are so many that the cost is said first.
const manyLabels = 10

// Labels are the labels that a mail may have: those of the configuration, and those that were asked for. The service has
// no call that lists them.
type Labels struct {
	own  []string
	used *recall.History
}

// NewLabels returns the labels of the configuration, with those of the history in a folder. With an error they are
// usable, and what is asked for is remembered in memory alone.
func NewLabels(own []string, folder string) (*Labels, error) {
	used, err := recall.Open(folder, "labels")
	return &Labels{own, used}, err
}

// Keep remembers the label of a query.
func (l *Labels) Keep(q sendcloud.Query) error {
	return errors.Join(l.used.Add(q.LabelID), l.used.Add(q.LabelName))
}

// Known returns the labels, those of the configuration first, then the newest.
func (l *Labels) Known() []string {
	all := slices.Clone(l.own)
	for _, used := range l.used.Newest() {
		if !slices.Contains(all, used) {
			all = append(all, used)
		}
	}
	return all
}

// Ask asks once for each label whether it has a mail: rows do not tell their label. found takes the answer as a person
// reads it.
func (l *Labels) Ask(env Env, rec sendcloud.Record, found func(said string)) screen.Effect {
	labels := l.Known()
	n := words.Number(len(labels))
	job := labelJob(env, rec, labels, found)
	switch {
	case len(labels) == 0:
		return screen.Say(env.Lang.Say(words.NoLabelKnown.With(env.Keys)))
	case len(labels) > manyLabels:
		return screen.Effect{Push: confirm.New(env.Theme, env.Lang.Say(words.LabelsCost, n, n), func() screen.Effect { return screen.Run(job) })}
	}
	e := screen.Say(env.Lang.Say(words.LabelsAsked, words.Number(0), n))
	e.Run = []screen.Job{job}
	return e
}

func labelJob(env Env, rec sendcloud.Record, labels []string, found func(said string)) screen.Job {
	n := words.Number(len(labels))
	return screen.Job{Kind: Labelling,
		Run: func(ctx context.Context, tell func(any)) (any, error) {
			var having []string
			for i, label := range labels {
				has, err := hasLabel(ctx, env, rec, label)
				if err != nil {
					return nil, err
				} else if has {
					having = append(having, label)
				}
				tell(i + 1)
			}
			return having, nil
		},
		Told: func(news any) screen.Effect {
			asked, _ := news.(int)
			return screen.Say(env.Lang.Say(words.LabelsAsked, words.Number(asked), n))
		},
		Done: func(result any, err error) screen.Effect {
			having, _ := result.([]string)
			switch {
			case errors.Is(err, context.Canceled):
				return screen.Effect{}
			case err != nil:
				return screen.Warn(words.ErrorHere(env.Lang, err))
			}
			said := env.Lang.Say(words.LabelIsNone, n)
			if len(having) > 0 {
				said = env.Lang.Say(words.LabelIs, strings.Join(having, ", "), n)
			}
			found(said)
			return screen.Effect{Say: &screen.Notice{Text: words.Labelled(env.Lang, words.LabelLabel, said), Tone: screen.Good}}
		}}
}

// hasLabel asks whether a label has a mail, with one call over the day of its request. A number is a label's id, which is
// exact; the service also finds a name in part.
func hasLabel(ctx context.Context, env Env, rec sendcloud.Record, label string) (bool, error) {
	q := sendcloud.Query{EmailIDs: []string{rec.EmailID}, LabelName: label}
	if strings.Trim(label, "0123456789") == "" {
		q.LabelID, q.LabelName = label, ""
	}
	if !rec.RequestTime.IsZero() {
		q.StartDate = sendcloud.DateOf(rec.RequestTime)
		q.EndDate = q.StartDate
	}
	plan, err := env.API.Plan(q)
	if err != nil {
		return false, err
	}
	page, err := env.API.Page(ctx, plan, 0, 1, false, nil)
	return len(page.Records) > 0, err
}
