package export

import (
	"strconv"
	"time"

	"bounceboard/sendcloud"
	"bounceboard/sendcloud/rowjson"
)

// Names are the keys of a row, in the order they are written in.
var Names = rowjson.Names

// JSON is the row as one object on one line, without a line end.
func JSON(r sendcloud.Record) string {
	return string(appendObject(nil, r, nil))
}

// appendObject appends r as a JSON object on one line.
func appendObject(b []byte, r sendcloud.Record, extra []Column) []byte {
	b = rowjson.AppendString(append(b, `{"emailId":`...), r.EmailID)
	b = rowjson.AppendString(append(b, `,"status":`...), r.Status.String())
	b = rowjson.AppendString(append(b, `,"statusText":`...), r.StatusText)
	b = append(b, `,"subStatus":`...)
	if r.SubStatus == 0 {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendInt(b, int64(r.SubStatus), 10)
	}
	b = append(b, `,"subStatusDesc":`...)
	if r.SubStatusDesc == "" {
		b = append(b, "null"...)
	} else {
		b = rowjson.AppendString(b, r.SubStatusDesc)
	}
	b = rowjson.AppendString(append(b, `,"apiUser":`...), r.APIUser)
	b = rowjson.AppendString(append(b, `,"recipients":`...), r.Recipients)
	b = rowjson.AppendTime(append(b, `,"requestTime":`...), r.RequestTime)
	b = rowjson.AppendTime(append(b, `,"modifiedTime":`...), r.ModifiedTime)
	b = rowjson.AppendString(append(b, `,"sendLog":`...), r.SendLog)
	for _, c := range extra {
		b = append(rowjson.AppendString(append(b, ','), c.Name), ':')
		b = rowjson.AppendValue(b, c.Value(r))
	}
	return append(b, '}')
}

// stamp is t in RFC 3339 on the service's clock, or nothing.
func stamp(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	if t = t.In(sendcloud.Zone); t.Year() < 0 || t.Year() > 9999 { // RFC 3339 has four digits
		return b
	}
	return t.AppendFormat(b, time.RFC3339)
}
