package cli

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/recordset"
	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/export"
	"bounceboard/ui/words"
)

type connection struct {
	api     *sendcloud.Client
	account config.Account
	close   func() // ends the simulated service of --demo
}

// planned makes a client, and plans what the flags ask for. No call is made yet.
func planned(ctx context.Context, c *console, o *options) (conn *connection, plan sendcloud.Plan, err error) {
	q, err := queryOf(c, o)
	if err != nil {
		return nil, plan, err
	}
	file, err := c.config()
	if err != nil {
		return nil, plan, err
	}
	conn = &connection{close: func() {}}
	acc := &conn.account
	if !o.demo {
		*acc, err = file.Account(o.profile, o.baseURL, c.Getenv)
	}
	if acc.BaseUnused {
		c.say(c.words(words.BaseUnused, config.BaseVariable, config.UserVariable, config.KeyVariable))
	}
	if wrong := q.Validate(c.now(), acc.LookbackDays); len(wrong) > 0 { // before a key is asked for
		return nil, plan, wrong[0]
	} else if err == nil && o.demo {
		var service *sendcloudtest.Server
		if service, err = sendcloudtest.Start(sendcloudtest.Demo()); err == nil {
			conn.close, acc.BaseURL = service.Close, service.URL
			acc.APIUser, acc.APIKey = service.Credentials()
		}
	} else if err == nil {
		err = acc.AskKey(ctx, func(m *words.Message) { c.say(m.In(c.lang)) })
		c.hide(acc.APIKey)
	}
	if err != nil {
		return nil, plan, err
	}
	acc.Version, acc.Log, acc.Now, acc.CallsPerMinute = buildVersion(), c.log, c.now, cmp.Or(o.calls, acc.CallsPerMinute)
	if conn.api, err = sendcloud.New(acc.Config); err == nil {
		plan, err = conn.api.Plan(q)
	}
	if wrong, ok := errors.AsType[*sendcloud.ConfigError](err); ok && wrong.Setting == sendcloud.SettingBaseURL {
		err = usage(words.Labelling, acc.BaseFrom, words.Error(c.lang, err))
	}
	if err != nil {
		conn.close()
	} else if acc.BaseReplaced != "" {
		c.say(c.words(words.BaseReplaced, acc.BaseReplaced))
	}
	return conn, plan, err
}

// serviceRows are the rows that the service has for a query: every one, or a page.
type serviceRows struct {
	c        *console
	conn     *connection
	plan     sendcloud.Plan
	all      bool
	spool    *export.Spool
	progress *progress
	missing  *missingItems
	gaps     []sendcloud.Incomplete
	later    func(sendcloud.Record) // is given later states of rows that were passed on; may be nil
	empty    int                    // rows in which nothing stands
	unread   int                    // values that cannot be read
}

func openService(ctx context.Context, c *console, o *options) (*serviceRows, error) {
	conn, plan, err := planned(ctx, c, o)
	if err != nil {
		return nil, err
	}
	s := &serviceRows{c: c, conn: conn, plan: plan, all: o.all, progress: newProgress(c, conn.api)}
	if s.spool, s.plan, err = openSpool(c, o, conn, plan, o.all); err == nil {
		s.missing, err = openMissing(plan.Query, o.missing)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	s.progress.notes(plan.Notes)
	c.lastWords(func() { c.say(s.came(c.words(words.Interrupted))) })
	return s, nil
}

func (s *serviceRows) close() {
	s.c.clearLine()
	_ = s.spool.Close()
	s.conn.close()
}

func (s *serviceRows) stream(ctx context.Context, keep *rowFilter, take func([]sendcloud.Record) error) error {
	each := func(r sendcloud.Record) error {
		s.missing.came(r)
		s.unread += unreadable(r)
		err := kept(s.spool.Write(r))
		if err == nil && keep.holds(r) {
			err = take([]sendcloud.Record{r})
		}
		if err == nil {
			s.progress.row()
		}
		return err
	}
	read := s.page
	if s.all {
		read = s.every
	}
	err := read(ctx, each)
	if lower := lowered(s.plan.Query.Emails, s.missing.left); err == nil && lower != nil {
		s.c.say(s.c.words(words.LowerCase))
		s.plan.Query.Emails = lower
		if s.plan, err = s.conn.api.Plan(s.plan.Query); err == nil {
			err = read(ctx, each)
		}
	}
	return cmp.Or(err, kept(s.spool.Close()))
}

// kept is an error of the file of --spool.
func kept(err error) error {
	if err != nil {
		err = failed(words.SpoolBroke, config.Reason(err))
	}
	return err
}

// lowered are the addresses with capitals, in lower case, as far as they are among some; nil is all.
func lowered(addresses []string, some map[string]bool) (lower []string) {
	for _, address := range addresses {
		if low := strings.ToLower(address); low != address && (some == nil || some[low]) {
			lower = append(lower, low)
		}
	}
	return lower
}

func (s *serviceRows) page(ctx context.Context, each func(sendcloud.Record) error) error {
	q := s.plan.Query
	page, err := s.conn.api.Page(ctx, s.plan, q.Start, cmp.Or(q.Limit, 100), false, s.progress.watch)
	sum := sendcloud.Summary{Announced: page.Total, AtMost: page.AtMost, AtLeast: page.AtLeast}
	s.progress.follow(func() sendcloud.Summary { return sum })
	for _, record := range page.Records {
		if record == (sendcloud.Record{}) {
			s.empty++
		} else if writing := each(record); writing != nil {
			return writing
		}
	}
	s.progress.notes(page.Notes)
	if n := len(page.Records); err == nil && n > 0 && (page.AtLeast || page.Total > n) {
		clear(s.missing.left) // what is not on this page may be on another
		s.c.say(s.c.words(words.PageOf, words.Number(page.Start+1), words.Number(page.Start+n), totalWords(s.c.lang, sum)))
	}
	if err == nil && len(page.Records) == 0 && page.Total > 0 {
		s.c.say(s.c.words(words.PageBehind, words.Number(q.Start+1), totalWords(s.c.lang, sum)))
	}
	return err
}

func (s *serviceRows) every(ctx context.Context, each func(sendcloud.Record) error) error {
	walk := s.conn.api.All(s.plan, s.progress.watch)
	walk.Later = s.later
	s.progress.follow(walk.Summary)
	for record, err := range walk.Records(ctx) {
		if err == nil {
			err = each(record)
		}
		if err != nil {
			s.gaps = walk.Summary().Incomplete
			return err
		}
	}
	sum := walk.Summary()
	s.progress.notes(sum.Notes)
	s.gaps, s.empty = append(s.gaps, sum.Incomplete...), s.empty+sum.Empty
	if sum.Changed > 0 && s.later == nil {
		s.c.say(s.c.words(words.ChangedSince, words.RowCount(s.c.lang, sum.Changed)))
	}
	return ctx.Err()
}

// gather reads every row. With mine, it explains replies while rows arrive, so that little work is left at the end or after an interrupt.
func (s *serviceRows) gather(ctx context.Context, set *recordset.Set, _ recordset.Columns, mine bool) error {
	s.later = func(r sendcloud.Record) { set.Append(r) }
	return s.stream(ctx, nil, func(rows []sendcloud.Record) error {
		set.Append(rows[0])
		if mine && set.Len()%4096 == 0 {
			return set.Mine(ctx)
		}
		return nil
	})
}

func (s *serviceRows) covers(rows int) string {
	came := words.RowCount(s.c.lang, rows)
	if _, sum := s.progress.counts(); sum.Announced > rows && !sum.AtLeast {
		return s.c.words(words.CoversPart, came, totalWords(s.c.lang, sum))
	}
	return s.c.words(words.CoversAll, came)
}

func (s *serviceRows) ending(ctx context.Context, keep *rowFilter, err error) error {
	s.c.clearLine()
	rows, _ := s.progress.counts()
	keep.tell(s.c, words.FilteredHere, rows)
	s.c.sayUnread(s.unread)
	if s.empty > 0 {
		s.c.say(s.c.words(words.FetchEmpty, words.RowCount(s.c.lang, s.empty)))
	}
	_, bug := errors.AsType[*sendcloud.PanicError](err)
	_, refused := errors.AsType[*sendcloud.CredentialsError](err)
	said := s.c.words(words.Incomplete)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil && len(s.gaps) == 0 && s.empty == 0:
		return s.missing.tell(s.c)
	case bug, refused && rows == 0:
		return err
	case err != nil:
		said = s.c.sentence(err)
	}
	if err != nil || len(s.gaps) > 0 {
		text, sign := s.came(said), words.WindowList
		for _, g := range s.gaps { // what was said already is not said again for each window
			text += s.c.words(sign) + words.GapIn(s.c.lang, g)
			if g.Err != nil && s.c.sentence(g.Err) != said {
				text += s.c.words(words.ListItem) + s.c.sentence(g.Err)
			}
			sign = words.ListItem
		}
		s.c.say(text)
	}
	return endedBy(err)
}

// came adds to the message how many rows arrived of those announced at the start, and how to go on where answers are kept. Mail
// that was sent meanwhile does not count.
func (s *serviceRows) came(what string) string {
	l := s.c.lang
	came, sum := s.progress.counts()
	missing := 0
	for _, g := range sum.Incomplete {
		missing += max(0, g.Announced-g.Came)
	}
	if missing = max(missing, sum.Announced-came); missing == 0 || sum.AtLeast || sum.AtMost || sum.Unknown > 0 {
		what = l.Say(words.CameAll, what, words.RowCount(l, came))
	} else {
		what = l.Say(words.CameOf, what, words.Number(sum.Announced-missing), words.RowCount(l, sum.Announced), words.Number(missing))
	}
	if s.spool != nil && s.spool.Answers != nil {
		what += l.Say(words.ListItem) + l.Say(words.ResumeLater)
	}
	return what
}

// missingItems are the addresses and email ids that were asked for and of which no row came yet.
type missingItems struct {
	list []string        // in the order they were asked for
	left map[string]bool // by lower case
	file *os.File        // of --missing; nil without it
}

// openMissing makes the file of --missing before anything is asked, so that it is known to be writable.
func openMissing(q sendcloud.Query, file string) (m *missingItems, err error) {
	m = &missingItems{list: slices.Concat(q.Emails, q.EmailIDs), left: map[string]bool{}}
	for _, item := range m.list {
		m.left[strings.ToLower(item)] = true
	}
	if file == "" {
		return m, nil
	} else if len(m.list) == 0 {
		return nil, usage(words.MissingOfNothing)
	}
	m.file, err = os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	return m, openError("--missing", file, err)
}

func (m *missingItems) came(r sendcloud.Record) {
	delete(m.left, strings.ToLower(r.Recipients))
	delete(m.left, strings.ToLower(r.EmailID))
}

// tell names some of those that are left, and writes all of them to the file of --missing.
func (m *missingItems) tell(c *console) error {
	left := slices.DeleteFunc(slices.Clone(m.list), func(item string) bool { return !m.left[strings.ToLower(item)] })
	if len(left) == 0 {
		return nil
	}
	if m.file != nil {
		_, err := m.file.WriteString(export.Visible(strings.Join(left, "\n")) + "\n")
		if err = cmp.Or(err, m.file.Close()); err != nil {
			return failed(words.FileUnmade, "--missing", m.file.Name(), config.Reason(err))
		}
	}
	c.say(c.words(words.NotAmongRows, words.Number(len(left)), words.Number(len(m.list)), strings.Join(left[:min(len(left), 5)], ", ")))
	return nil
}

// openError says why a file of ours could not be made; one that is there already is left alone.
func openError(flag, path string, err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		path = at.Path
	}
	if errors.Is(err, export.ErrInUse) {
		return usage(words.SpoolInUse, path)
	} else if errors.Is(err, fs.ErrExist) {
		return usage(words.FileIsThere, flag, path)
	} else if err != nil {
		return usage(words.FileUnmade, flag, path, config.Reason(err))
	}
	return nil
}
