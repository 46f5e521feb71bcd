package cli

import (
	"errors"
	"net/url"
	"strconv"

	"bounceboard/sendcloud"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

// openSpool opens the file of --spool, and has the client keep its answers beside it where every row is read. With
// --resume it goes on with the file, and the plan it returns is about the days that were meant when the file was begun.
func openSpool(c *console, o *options, conn *connection, plan sendcloud.Plan, all bool) (*export.Spool, sendcloud.Plan, error) {
	switch {
	case o.resume && o.spool == "":
		return nil, plan, usage(words.ResumeNeeds, "--spool FILE")
	case o.resume && !all:
		return nil, plan, usage(words.ResumeNeeds, "--all")
	case o.spool == "" || !all:
		s, err := export.OpenSpool(o.spool)
		return s, plan, openError("--spool", o.spool, err)
	}
	question := questionOf(conn, plan)
	if !o.resume {
		s, err := export.NewSpool(o.spool, question)
		if err == nil {
			conn.api.Keep(s.Answers)
		}
		return s, plan, openError("--spool", o.spool, err)
	}
	s, was, err := export.ResumeSpool(o.spool, question)
	if errors.Is(err, export.ErrOtherQuestion) {
		return nil, plan, usage(words.OtherQuestion, o.spool)
	} else if err != nil {
		return nil, plan, openError("--spool", o.spool, err)
	}
	if conn.api.Keep(s.Answers); was != question {
		plan, err = replanned(conn, plan.Query, was)
	}
	if s.Answers.Kept > 0 {
		c.say(c.words(words.Resumes, o.spool, words.Number(s.Answers.Kept)))
	}
	return s, plan, err
}

// questionOf tells who asks where for what. Days that count from today are told apart from it: it may be midnight meanwhile.
func questionOf(conn *connection, plan sendcloud.Plan) export.Question {
	form, _ := url.ParseQuery(plan.Key()) // Encode made it
	if q := plan.Query; q.StartDate.IsZero() && len(q.EmailIDs) == 0 {
		form.Del("startDate")
		form.Del("endDate")
		form.Set("days", strconv.Itoa(q.Days))
	}
	form.Set("host", conn.api.Host())
	form.Set("apiUser", conn.account.APIUser)
	return export.Question{Asked: form.Encode(), First: plan.First.String(), Last: plan.Last.String()}
}

// replanned is the plan of a query for the days that a file was begun with.
func replanned(conn *connection, q sendcloud.Query, was export.Question) (plan sendcloud.Plan, err error) {
	now := conn.account.Now()
	if q.StartDate, err = sendcloud.ParseDate(was.First, now); err == nil {
		q.EndDate, err = sendcloud.ParseDate(was.Last, now)
	}
	if q.Days = 0; err != nil {
		return plan, err
	}
	return conn.api.Plan(q)
}
