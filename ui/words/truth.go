package words

// What is said so that nothing on the screen promises more than is known.
var (
	AllMail = Sentence{"every status: all mail of what you asked for", "全部状态：所查对象的全部邮件"}
)
