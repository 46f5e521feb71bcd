package recordset

// Names returns every name by which the field is typed, the short one first.
func (f Field) Names() []string {
	info := &columns[f]
	names := []string{info.field}
	if info.name != info.field {
		names = append(names, info.name)
	}
	return append(names, info.also...)
}

// Values returns the values that the field can have; nil where it may have any.
func (f Field) Values() []string {
	if columns[f].order == nil {
		return nil
	}
	return columns[f].order()
}
