package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/theme"
	"bounceboard/ui/cell"
	"bounceboard/ui/cli/config"
	"bounceboard/ui/doctor"
	"bounceboard/ui/words"
)

// doctorCommand checks what the dashboard needs and writes what it finds as a table. Nothing that is wrong keeps it from
// looking at the rest.
func doctorCommand(c *console) *cobra.Command {
	o := &options{}
	cmd := newCommand(c, "doctor [flags]", words.DoctorShort, words.DoctorLong, words.Sentence{},
		queryFlags(c, o, false)[1:]...)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		file, err := c.config() // empty with an error: terminal and environment are looked at all the same
		checks := c.configured(file, o)
		if err != nil {
			checks = []doctor.Check{{Name: words.DoctorConfig, State: doctor.Wrong, Found: c.sentence(err)}}
		} else {
			checks = append(checks, c.reached(ctx, file, o)...)
		}
		checks = append(checks, doctor.Environment(ctx, c.lang, c.Getenv, string(themeName(c, o)))...)
		return c.diagnosis(o, append(checks, c.drawn(ctx)...))
	}
	return cmd
}

// origin is a value and where it comes from, the first place that is named.
func (c *console) origin(value string, places ...any) string {
	for _, place := range places {
		if text, ok := place.(string); ok && text != "" {
			return c.words(words.DoctorFrom, value, text)
		} else if at, ok := place.(*words.Message); ok && at != nil {
			return c.words(words.DoctorFrom, value, at.In(c.lang))
		}
	}
	return c.words(words.DoctorByDefault, value)
}

// flagIf is the flag's name where it was given.
func flagIf(name string, given bool) string {
	if given {
		return "--" + name
	}
	return ""
}

// configured tells where the file is, and where language and theme come from.
func (c *console) configured(file *config.File, o *options) []doctor.Check {
	if file == nil {
		return nil
	}
	found := file.Path
	if _, err := os.Stat(file.Path); err != nil {
		found = c.words(words.DoctorNoFile, file.Path)
	}
	locale, plain := "", ""
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if c.Getenv(name) != "" {
			locale = cmp.Or(locale, name)
		}
	}
	if c.Getenv("NO_COLOR") != "" {
		plain = "NO_COLOR"
	}
	return []doctor.Check{
		{Name: words.DoctorConfig, Found: found},
		{Name: words.DoctorLanguage, Found: c.origin(string(c.lang), flagIf("lang", c.early("lang") != ""), file.Where("lang"), locale)},
		{Name: words.DoctorThemeName, Found: c.origin(string(themeName(c, o)), flagIf("theme", o.theme != ""), plain, file.Where("theme"))},
	}
}

// reached tells which account is asked, and checks that the service answers it.
func (c *console) reached(ctx context.Context, file *config.File, o *options) []doctor.Check {
	var acc config.Account
	var err error
	if o.demo {
		service, err := sendcloudtest.Start(sendcloudtest.Demo())
		if err != nil {
			return []doctor.Check{{Name: words.DoctorAccount, State: doctor.Wrong, Found: c.sentence(err)}}
		}
		defer service.Close()
		acc.BaseURL, acc.BaseFrom = service.URL, "--demo"
		acc.APIUser, acc.APIKey = service.Credentials()
	} else if acc, err = file.Account(o.profile, o.baseURL, c.Getenv); err == nil {
		err = acc.AskKey(ctx, func(m *words.Message) { c.say(m.In(c.lang)) })
		c.hide(acc.APIKey)
	}
	switch {
	case errors.Is(err, config.ErrNoAccount):
		return []doctor.Check{{Name: words.DoctorAccount, State: doctor.Wrong, Found: c.words(words.DoctorNoAccount),
			Cure: c.words(words.DoctorNoAccountCure, cmp.Or(file.Path, "config.toml"))}}
	case err != nil:
		return []doctor.Check{{Name: words.DoctorAccount, State: doctor.Wrong, Found: c.sentence(err)}}
	}
	owner := c.words(words.DoctorFromEnvironment, acc.APIUser)
	if o.demo {
		owner = c.words(words.DoctorDemo, acc.APIUser)
	} else if acc.Profile != "" {
		owner = c.words(words.DoctorFromProfile, acc.APIUser, acc.Profile)
	}
	limit := func(name string, value, byDefault int, flag string) string {
		return c.origin(strconv.Itoa(cmp.Or(value, byDefault)), flag, file.Where("profiles."+acc.Profile+"."+name))
	}
	checks := []doctor.Check{
		{Name: words.DoctorAccount, Found: owner},
		{Name: words.DoctorBase, Found: c.origin(acc.BaseURL, acc.BaseFrom)},
		{Name: words.DoctorCalls, Found: limit("calls_per_minute", cmp.Or(o.calls, acc.CallsPerMinute), 600, flagIf("calls-per-minute", o.calls > 0))},
		{Name: words.DoctorLookback, Found: limit("lookback_days", acc.LookbackDays, 92, "")},
	}
	acc.Version = buildVersion()
	acc.Log, acc.Now, acc.CallsPerMinute = c.log, c.now, cmp.Or(o.calls, acc.CallsPerMinute)
	return append(checks, doctor.Service(ctx, c.lang, acc.Config)...)
}

// drawn asks the terminal, where there is one.
func (c *console) drawn(ctx context.Context) []doctor.Check {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil || !terminal(c.Out) || ctx.Err() != nil {
		return []doctor.Check{{Name: words.DoctorTerminal, Found: c.words(words.DoctorNoTerminal)}}
	}
	defer tty.Close()
	return doctor.Terminal(c.lang, tty)
}

// diagnosis writes the table: a mark, what was looked at, what was found, and below it what to do.
func (c *console) diagnosis(o *options, checks []doctor.Check) error {
	names, wrong := 0, 0
	for _, check := range checks {
		names = max(names, cell.Width(c.words(check.Name)))
	}
	err := writeCard(c, o, func(th theme.Theme, width int, _ bool) (lines []string) {
		marks := map[doctor.State]string{
			doctor.Fine: th.Delivered.Render(th.Marks.Delivered), doctor.Hint: th.Warning.Render(th.Marks.Warn), doctor.Wrong: th.Error.Render(th.Marks.Invalid),
		}
		style := cell.Style{ASCII: th.ASCII}
		indent := strings.Repeat(" ", names+4)
		for _, check := range checks {
			if check.State == doctor.Wrong {
				wrong++
			}
			begin := marks[check.State] + " " + th.Head.Render(style.Fit(c.words(check.Name), names)) + "  "
			for _, line := range style.Wrap(check.Found, max(20, width-names-4)) {
				lines = append(lines, begin+line)
				begin = indent
			}
			if check.Cure == "" {
				continue
			}
			begin = indent + th.Accent.Render(th.Marks.Right) + " "
			for _, line := range style.Wrap(check.Cure, max(20, width-names-6)) {
				lines = append(lines, begin+line)
				begin = indent + "  "
			}
		}
		return append(lines, "", c.verdict(wrong))
	})
	if err == nil && wrong > 0 {
		return ended(exitFailed)
	}
	return err
}

func (c *console) verdict(wrong int) string {
	if wrong == 0 {
		return c.words(words.DoctorWell)
	}
	return c.words(words.DoctorMend, c.lang.Plural(wrong, words.DoctorThings[0], words.DoctorThings[1], words.DoctorThings[2]))
}
