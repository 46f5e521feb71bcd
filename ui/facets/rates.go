package facets

import (
	"bounceboard/sendcloud/recordset"
	"bounceboard/ui/words"
)

// orders are the orders that the values can have now.
func (f *Facets) orders() []recordset.FacetOrder {
	orders := []recordset.FacetOrder{recordset.ByCount}
	if f.facet.Rated {
		orders = append(orders, recordset.ByRate)
	}
	if f.rows().Filtered {
		orders = append(orders, recordset.ByLift)
	}
	return orders
}

// rate is how much of the mail failed: how many mails, where there is room, and the rate with its interval.
func (f *Facets) rate(v recordset.Value) string {
	if f.cols.rate > rateWidth && v.Rate.All > 0 {
		return words.Number(v.Rate.Failed) + "  " + f.Fit.FitRight(words.Rate(v.Rate), rateWidth)
	}
	return words.Rate(v.Rate)
}

// Column is the number of the column that is counted by, in recordset.Facets.
func (f *Facets) Column() int { return f.column }

// ordered says in what order the values are and what the lift compares with, or how to come by rates.
func (f *Facets) ordered(order words.Sentence) string {
	said, dot := f.Say(order), f.Dot()
	if f.order == recordset.ByLift {
		said = f.Say(order, words.RowCount(f.Lang, f.facet.Others))
	}
	if noRate := f.facet.Column.Rates() && !f.facet.Rated && f.rows().NoDelivered; noRate && f.W < 100 {
		said = f.Say(words.FacetNoRate)
	} else if noRate {
		said += dot + f.Say(words.FacetNoRate)
	}
	return said
}
