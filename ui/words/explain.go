package words

import (
	"cmp"
	"strings"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/bounce"
)

var (
	permanences = pairs("permanences")
	phases      = pairs("phases")
	// How long an address stays on SendCloud's lists, and how it comes off, are in the service's description of emailStatus.
	sendCloudLists = pairs("sendcloud_lists")
)

// Permanence is the permanence in a word.
func Permanence(l Lang, p bounce.Permanence) string { return l.Say(permanences[p.String()]) }

// Facts are what a reply tells besides its cause, in short pieces. A link that the next step gives is left out.
func Facts(l Lang, e bounce.Explanation) []string {
	var facts []string
	add := func(s Sentence, value string) {
		if value != "" {
			facts = append(facts, l.Say(s, value))
		}
	}
	add(factCode, strings.TrimSpace(e.Code+" "+e.Enhanced))
	if e.Provider != "" && e.Cause != bounce.Suppressed && e.Cause != bounce.Unsubscribed { // then nobody was asked
		facts = append(facts, bounce.ProviderName(e.Provider, string(l)))
	}
	add(Sentence{"%s", "%s"}, l.Say(phases[e.Phase]))
	add(factIP, e.IP)
	if e.Cause == bounce.DomainNotFound { // nobody refused it
		add(factNoDomain, e.Domain)
	} else {
		add(factDomain, e.Domain)
	}
	if !strings.Contains(e.NextStep(string(l)), e.ListLink) {
		e.List = strings.TrimSpace(e.List + " " + e.ListLink)
	}
	add(factList, e.List)
	if e.Wait > 0 {
		add(factWait, Duration(l, e.Wait))
	}
	if e.Cause == bounce.Suppressed {
		facts = append(facts, l.Say(sendCloudLists[cmp.Or(e.SendCloudList, "-")]))
	}
	return facts
}

// Contradiction says that the server's words and the sub-status disagree, and what must not be done; empty: they agree.
func Contradiction(l Lang, e bounce.Explanation, sub sendcloud.SubStatus) string {
	if !e.Contradicts(int(sub)) {
		return ""
	}
	say := notTheAddress
	if e.Cause.Group() == bounce.GroupNotExist || e.Cause.Group() == bounce.GroupBadFormat || e.Cause == bounce.DomainNotFound {
		say = theAddress
	}
	return l.Say(say, sub, SubStatusName(l, sub), e.Cause.Short(string(l)))
}
