package report

import (
	"strconv"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/ui/words"
)

// Asked is what a report is about: files, or a query with the dates that its days came to, and the filter.
type Asked struct {
	Files       []string
	Query       sendcloud.Query
	First, Last sendcloud.Date
	Profile     string // empty where credentials come from the environment
	Filter      string
	Lang        words.Lang
}

// Command is the command line that reports on the same again.
func (a Asked) Command() string {
	line := []string{"bounceboard report --out report.html"}
	add := func(name string, values ...string) {
		if text := strings.Join(values, ";"); text != "" {
			line = append(line, "--"+name, quoted(text))
		}
	}
	for _, file := range a.Files {
		add("from", file)
	}
	if q := a.Query; len(a.Files) == 0 {
		var statuses, codes []string
		for _, s := range q.Statuses {
			statuses = append(statuses, s.String())
		}
		for _, c := range q.SubStatuses {
			codes = append(codes, strconv.Itoa(int(c)))
		}
		add("profile", a.Profile)
		add(words.FlagOf(sendcloud.ParamEmail), few(q.Emails)...)
		add(words.FlagOf(sendcloud.ParamEmailIDs), few(q.EmailIDs)...)
		add(words.FlagOf(sendcloud.ParamStatus), statuses...)
		add(words.FlagOf(sendcloud.ParamSubStatus), codes...)
		add(words.FlagOf(sendcloud.ParamAPIUsers), q.APIUsers...)
		add(words.FlagOf(sendcloud.ParamLabelID), q.LabelID)
		add(words.FlagOf(sendcloud.ParamLabelName), q.LabelName)
		add(words.FlagOf(sendcloud.ParamStartDate), a.First.String())
		add(words.FlagOf(sendcloud.ParamEndDate), a.Last.String())
	}
	add("filter", a.Filter)
	if a.Lang == words.Chinese {
		add("lang", string(a.Lang))
	}
	return strings.Join(line, " ")
}

// few are items that a command line can hold; more of them stand in a file.
func few(items []string) []string {
	const most = 20
	if len(items) > most {
		return []string{"@FILE"}
	}
	return items
}

// quoted is an argument as a shell takes it.
func quoted(arg string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=./:@,+%"
	if strings.Trim(arg, plain) == "" {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}
