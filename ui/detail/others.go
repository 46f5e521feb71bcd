package detail

import "bounceboard/sendcloud"

// Shown returns the record that is shown.
func (d *Detail) Shown() (rec sendcloud.Record, ok bool) {
	if d.rec == nil {
		return rec, false
	}
	return *d.rec, true
}

// Others shows how far others share what happened to the mail.
func (d *Detail) Others(said string) {
	if d.others != said {
		d.others = said
		d.compose()
	}
}

// Label shows what is known of the label of a mail.
func (d *Detail) Label(emailID, said string) {
	if d.labels == nil {
		d.labels = map[string]string{}
	}
	d.labels[emailID] = said
	d.compose()
}
