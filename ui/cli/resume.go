package cli

import (
	"errors"
	"net/url"
	"strconv"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/paste"
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
	s, was, err := beginSpool(c, o, conn, question)
	if err == nil && was != question {
		plan, err = replanned(conn, plan.Query, was)
	}
	return s, plan, err
}

// beginSpool opens the file for a question, and returns the question that it was begun with.
func beginSpool(c *console, o *options, conn *connection, question export.Question) (*export.Spool, export.Question, error) {
	if !o.resume {
		s, err := export.NewSpool(o.spool, question)
		if err == nil {
			conn.api.Keep(s.Answers)
		}
		return s, question, openError("--spool", o.spool, err)
	}
	s, was, err := export.ResumeSpool(o.spool, question)
	if errors.Is(err, export.ErrOtherQuestion) {
		return nil, question, usage(words.OtherQuestion, o.spool)
	} else if err != nil {
		return nil, question, openError("--spool", o.spool, err)
	}
	conn.api.Keep(s.Answers)
	if s.Answers.Kept > 0 {
		c.say(c.words(words.Resumes, o.spool, words.Number(s.Answers.Kept)))
	}
	return s, was, nil
}

// openFindSpool is openSpool for find. The day it returns is that on which the file was begun.
func openFindSpool(c *console, o *options, conn *connection, plan sendcloud.Plan, items []paste.Item, today sendcloud.Date) (
	*export.Spool, sendcloud.Date, error) {
	if o.spool == "" {
		_, _, err := openSpool(c, o, conn, plan, true)
		return nil, today, err
	}
	form := url.Values{"host": {conn.api.Host()}, "apiUser": {conn.account.APIUser}}
	for _, i := range items {
		form.Add("find", i.Text)
	}
	s, was, err := beginSpool(c, o, conn, export.Question{Asked: form.Encode(), First: today.String(), Last: today.String()})
	if err == nil {
		today, err = sendcloud.ParseDate(was.First, conn.account.Now())
	}
	return s, today, err
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
