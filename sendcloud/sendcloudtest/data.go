package sendcloudtest

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

const delivered, invalid, soft, requested = 1, 4, 5, 18

// Incident names what is wrong with a record beyond the everyday.
type Incident string

// Incidents that a triager can find. See [Server.Incidents].
const (
	IPRefused   Incident = "ip-refused"   // qq.com refuses BlockedIP
	DeadList    Incident = "dead-list"    // a campaign to addresses that are gone, label autumn-sale
	SpamLabel   Incident = "spam-label"   // the label member-newsletter is taken for spam
	MailboxFull Incident = "mailbox-full" // FullMailbox takes no more mail
	Throttled   Incident = "throttled"    // sina.com lets a few mails a day pass, the rest stays requested
)

// Record is the truth about one mail, including what the service does not tell.
type Record struct {
	Index         int
	EmailID       string
	APIUser       string
	Label         Label
	Recipient     string
	Status        int       // 1, 4, 5 or 18
	SubStatus     int       // 401–409, 503, 505–509, or 0
	Requested     time.Time // UTC+08:00, as all times of the service
	Modified      time.Time
	SendLog       string
	Template      string   // names the reply without its variables; the same name, the same constant text
	SendingIP     string   // the row does not tell it, the reply may
	Incident      Incident // empty for everyday mail
	Contradictory bool     // the sub-status says the address is gone, the reply says otherwise
}

// data makes records from their index.
type data struct {
	calendar
	opaqueIDs bool
	people    uint64
	fullSince int64
	fullShare float64
	refused   int64 // since when qq.com refuses the IP
	spam      int64
	throttled int64
}

// traits are the cheap part of a record: what filters look at.
type traits struct {
	at       int64 // requested, milliseconds of the epoch
	person   uint64
	user     int
	label    int
	receiver int
	ip       int
	status   int   // the verdict
	sub      int   // of the verdict
	settled  int64 // when the verdict comes, in milliseconds of the epoch
	incident Incident
}

func newData(o Options, start int64) *data {
	d := &data{calendar: newCalendar(o, start), opaqueIDs: o.EmailID == "opaque", people: uint64(max(500, o.Records/5))}
	today := midnight(start)
	d.refused = start - start%hourMS - 26*hourMS
	d.spam, d.throttled, d.fullSince = today-5*dayMS, today-2*dayMS, today-6*dayMS
	d.fullShare = min(0.02, 36/float64(max(1, d.n-d.search(d.n, d.fullSince))))
	return d
}

func (d *data) h(i int, p purpose) uint64 { return hash(d.seed, uint64(i), p) }

func (d *data) traits(i int) traits {
	t := traits{at: d.at(i)}
	dead := d.dead.holds(t.at) && share(d.h(i, forCampaign), deadPart)
	t.user = userWheel.pick(d.h(i, forUser))
	t.label = apiUsers[t.user].labels.pick(d.h(i, forLabel))
	u := unit(d.h(i, forPerson))
	t.person = uint64(u * u * float64(d.people)) // a few people get much mail
	t.ip = int(d.h(i, forIP) % uint64(len(senderIPs)))
	if dead {
		t.user, t.label = 1, deadListLabel
		t.person = d.people + d.h(i, forPerson)>>20
	} else if t.at >= d.fullSince && share(d.h(i, forIncident), d.fullShare) {
		t.person = fullMailboxPerson
	}
	t.receiver = d.receiverOf(t.person)
	d.judge(i, &t, dead)
	if t.settled == 0 {
		t.settled = t.at + d.tookTo(i, t.status)
	}
	return t
}

// judge decides what becomes of a mail.
func (d *data) judge(i int, t *traits, dead bool) {
	h := d.h(i, forOutcome)
	domain := receivers[t.receiver].domain
	switch {
	case t.person == fullMailboxPerson:
		t.incident = MailboxFull
		t.fail(h, 0.2, 9)
	case dead && share(h, 0.62):
		t.incident = DeadList
		t.fail(h<<7, 0.95, 6)
	case t.label == spamLabel && t.at >= d.spam && share(h, 0.4):
		t.incident = SpamLabel
		t.fail(h<<7, 0.75, 7)
	case domain == "qq.com" && senderIPs[t.ip] == BlockedIP && t.at >= d.refused && share(h, 0.93):
		t.incident = IPRefused
		t.fail(h<<7, 0.8, 5)
	case domain == "sina.com" && t.at >= d.throttled && share(h, 0.8):
		t.incident = Throttled
		t.status, t.settled = delivered, t.at+3*dayMS+int64(d.h(i, forTook)%uint64(2*dayMS))
	default:
		d.judgeEveryday(i, t, h)
	}
}

func (t *traits) fail(h uint64, invalidPart float64, digit int) {
	t.status, t.sub = soft, 500+digit
	if share(h, invalidPart) {
		t.status, t.sub = invalid, 400+digit
	}
}

// Shares of sub-statuses 401–409 and 501–509 in everyday failures.
var (
	invalidWheel = newWheel(world["wheel"][0][1])
	softWheel    = newWheel(world["wheel"][1][1])
)

func (d *data) judgeEveryday(i int, t *traits, h uint64) {
	switch u := unit(h); {
	case u < 0.905:
		t.status = delivered
	case u < 0.955:
		t.status, t.sub = invalid, 400+invalidWheel.pick(d.h(i, forSub))
	case u < 0.985:
		t.status, t.sub = soft, 500+softWheel.pick(d.h(i, forSub))
	case u < 0.992: // throttled: days in the queue
		t.status, t.settled = delivered, t.at+6*hourMS+int64(d.h(i, forTook)%uint64(5*dayMS))
	default: // no verdict ever
		t.status, t.settled = requested, math.MaxInt64
	}
}

// tookTo is how long a verdict takes: seconds for a session, minutes to a day for a message that is returned later.
func (d *data) tookTo(i, status int) int64 {
	u := unit(d.h(i, forTook))
	long := u * u * u * u
	switch status {
	case soft:
		return 40_000 + int64(u*3_600_000) + int64(long*float64(20*hourMS))
	case invalid:
		return 400 + int64(u*9_000)
	default:
		return 900 + int64(u*20_000) + int64(long*600_000)
	}
}

// statusAt is status and sub-status as they are at a time.
func (t *traits) statusAt(now int64) (status, sub int) {
	if t.settled > now {
		return requested, 0
	}
	return t.status, t.sub
}

// record makes the whole record as it is at a time.
func (d *data) record(i int, now int64) Record {
	t := d.traits(i)
	r := Record{
		Index: i, APIUser: apiUsers[t.user].name, Label: labels[t.label], Recipient: d.address(t.person, t.receiver),
		Requested: fromMS(t.at), SendingIP: senderIPs[t.ip], Incident: t.incident,
	}
	r.EmailID = d.emailID(i, &t, r.Recipient)
	r.Status, r.SubStatus = t.statusAt(now)
	r.Modified = fromMS(t.settled)
	if r.Status == requested {
		age := max(0, now-t.at)
		retry := int64(d.h(i, forRetry) % uint64(30*60_000))
		r.Modified = fromMS(t.at + max(0, min(age-retry, 5*dayMS)))
	}
	d.say(&r, &t)
	return r
}

func fromMS(ms int64) time.Time { return time.UnixMilli(ms).In(serviceZone) }

// emailID carries the index of the record in its third and fourth number; the second one is the account's.
func (d *data) emailID(i int, t *traits, recipient string) string {
	h := d.h(i, forMessageID)
	head := strconv.FormatInt(t.at, 10)
	if d.opaqueIDs {
		head = fmt.Sprintf("m%012x", h>>16)
	}
	account := 15_000_000 + hash(d.seed, 0, forMessageID)%900_000
	return fmt.Sprintf("%s_%d_%d_%d.sc-10_10_%d_%d-inbound%d$%s",
		head, account, idBase+i/idsPerNumber, i%idsPerNumber, 100+h>>32%50, h>>40%250, h>>48%2, recipient)
}

const idBase, idsPerNumber = 32_000, 2_000

// indexOf finds the record of an email id among the first n.
func (d *data) indexOf(id string, n int) (int, bool) {
	_, numbers, _ := strings.Cut(id, "_")
	var account, high, low int
	if _, err := fmt.Sscanf(numbers, "%d_%d_%d.", &account, &high, &low); err != nil {
		return 0, false
	}
	i := (high-idBase)*idsPerNumber + low
	if i < 0 || i >= n {
		return 0, false
	}
	t := d.traits(i)
	return i, d.emailID(i, &t, d.address(t.person, t.receiver)) == id
}
