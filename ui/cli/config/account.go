package config

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"bounceboard/ui/words"
)

// The variables that hold an account.
const (
	UserVariable = "SENDCLOUD_API_USER"
	KeyVariable  = "SENDCLOUD_API_KEY" //nolint:gosec // the name of a variable
	BaseVariable = "SENDCLOUD_BASE_URL"
)

// DefaultBase is the base URL of an account that names none.
const DefaultBase = "https://api.sendcloud.net/apiv2"

// Account is where to ask and as whom.
type Account struct {
	BaseURL, User, Key string
	Profile            string           // the one that user and key come from; empty where they come from the environment
	BaseFrom           string           // the flag or variable that names the base URL; empty where it is the profile's or the default
	Notes              []*words.Message // what a person has to know about the base URL

	// Limits; 0 is the client's default. They are the profile's, also for credentials of the environment,
	// which have no such settings.
	CallsPerMinute, WindowDays, LookbackDays int
}

// Choice is what the command line says about the account. The zero Choice says nothing.
type Choice struct {
	Profile string // --profile
	BaseURL string // --base-url
}

// ErrNoAccount says that neither the environment nor the file holds credentials.
var ErrNoAccount = errors.New("no credentials")

// Account finds the account. User, key and base URL come from the same place: the profile that --profile
// names, else the environment, else the file's own profile. --base-url alone can replace the base URL. say is
// told while a command that prints the key is waited for.
func (f *File) Account(ctx context.Context, choice Choice, getenv func(string) string, say func(*words.Message)) (Account, error) {
	name := cmp.Or(choice.Profile, f.Profile)
	p, there := f.Profiles[name]
	if choice.Profile != "" && !there {
		return Account{}, words.Filled(words.NoProfile, name, f.Path, f.profilesThere(name))
	}
	acc := Account{CallsPerMinute: p.CallsPerMinute, WindowDays: p.WindowDays, LookbackDays: p.LookbackDays}
	user, key, base := getenv(UserVariable), getenv(KeyVariable), getenv(BaseVariable)
	var own string // the base URL that this place names itself
	switch {
	case choice.Profile == "" && (user != "" || key != ""):
		if own = base; own != "" {
			acc.BaseFrom = BaseVariable
		}
		if err := acc.fromEnvironment(user, key); err != nil {
			return acc, err
		}
	case p.APIUser != "" || p.APIKey != "" || p.APIKeyCommand != "" || choice.Profile != "":
		acc.Profile = name
		own = cmp.Or(p.BaseURL, DefaultBase)
		if base != "" && !sameURL(base, own) && choice.BaseURL == "" {
			acc.Notes = append(acc.Notes, words.Filled(words.BaseUnused, BaseVariable, name, own))
		}
	case name == "" && len(f.Profiles) > 0:
		return acc, words.Filled(words.ChooseProfile, f.Path, f.profilesThere(""))
	default:
		return acc, ErrNoAccount
	}
	acc.BaseURL = cmp.Or(choice.BaseURL, own, DefaultBase)
	if choice.BaseURL != "" {
		acc.BaseFrom = "--base-url"
		if own != "" && !sameURL(own, choice.BaseURL) {
			acc.Notes = append(acc.Notes, words.Filled(words.BaseReplaced, own, acc.where()))
		}
	}
	if acc.Profile == "" {
		return acc, nil
	}
	return acc, acc.fromProfile(ctx, f, p, say)
}

func sameURL(a, b string) bool { return strings.TrimRight(a, "/") == strings.TrimRight(b, "/") }

// where is the place that user and key come from.
func (a *Account) where() *words.Message {
	if a.Profile == "" {
		return words.Filled(words.OfEnvironment)
	}
	return words.Filled(words.OfProfile, a.Profile)
}

func (a *Account) fromEnvironment(user, key string) error {
	switch {
	case key == "":
		return words.Filled(words.HalfEnvironment, UserVariable, KeyVariable)
	case user == "":
		return words.Filled(words.HalfEnvironment, KeyVariable, UserVariable)
	}
	a.User, a.Key = user, key
	if err := clean(UserVariable, user); err != nil {
		return err
	}
	return clean(KeyVariable, key)
}

func (a *Account) fromProfile(ctx context.Context, f *File, p Profile, say func(*words.Message)) error {
	missing := func(key string) error {
		return problem(f.Path, f.line("profiles", a.Profile), words.HalfProfile, a.Profile, key)
	}
	at := func(key string) *words.Message {
		return words.Filled(words.ConfigAt, f.Path, f.line("profiles", a.Profile, key), key)
	}
	switch {
	case p.APIUser == "":
		return missing("api_user")
	case p.APIKey == "" && p.APIKeyCommand == "":
		return missing("api_key_command (api_key)")
	}
	a.User, a.Key = p.APIUser, p.APIKey
	if err := clean(at("api_user"), a.User); err != nil {
		return err
	}
	if a.Key != "" {
		return clean(at("api_key"), a.Key)
	}
	var err error
	if a.Key, err = runKeyCommand(ctx, a.Profile, p.APIKeyCommand, keyTimeout, say); err != nil {
		return err
	}
	return clean(at("api_key_command"), a.Key)
}

// clean refuses a credential that was copied carelessly. It never shows the value.
func clean(name any, value string) error {
	what := words.Sentence{}
	switch {
	case !utf8.ValidString(value):
		what = words.HoldsNoText
	case strings.ContainsAny(value, "\r\n"):
		what = words.HoldsLineBreak
	case strings.ContainsFunc(value, unicode.IsSpace):
		what = words.HoldsBlank
	case strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsGraphic(r) }):
		what = words.HoldsInvisible
	default:
		return nil
	}
	return words.Filled(words.BadCredential, name, what)
}
