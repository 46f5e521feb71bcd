package words

// What doctor finds, and what to do about it.
var (
	DoctorThings = [3]string{"thing", "things", "处"}
	DoctorLong   = Sentence{"Checks what the dashboard needs: configuration, key and region, the span that a call may have, clock, terminal.\nIt makes two calls and shows no key. Exit status 1 where something needs mending.", "检查面板所需的一切：配置、密钥与地域、单次查询跨度、时钟、终端。\n会调用服务两次，不显示密钥。有需要处理的问题时退出状态为 1。"}
)

// The manual page.
var (
	ManDescription = document("manual description")
	ManEnvironment = document("manual environment")
	ManFiles       = document("manual files")
)
