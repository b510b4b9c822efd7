# Letters to residents (SMS, WeChat, mail): short, and never what a case is about.
letter-head = 【{ $city }回音】
letter-subject = 您反映的 { $number } 有消息
letter-news = 您反映的 { $number }：{ $what }。用查询码看：{ $base }/track?number={ $number }
letter-accepted = 社区已经受理
letter-called = 社区已经请部门来办
letter-asked = 有个问题要问您，7 天内回答，不回答就按现有情况办
letter-resolved = 部门说办完了，您来说解决了没有
letter-rejected = 没有受理，理由在里面，可以要求复核一次
letter-parked = 列入了计划，什么时候办写在里面
letter-transferred = 转给了有权办的单位，是谁、最迟哪天答复，写在里面
letter-answer-relayed = 转去的单位答复了，写在里面
letter-reopened = 重新办理了
letter-more-time = 要多办一些时间，到哪天写在里面
letter-answered = 您打的分有了回应
letter-merged = 有人反映过同一件事，两件一起办
letter-receipt = 社区替您上报了 { $number }。查询码只发给您：{ $code }。用它看进展、说解决了没有：{ $base }/track?number={ $number }
letter-one-time = 找回 { $number } 的查询码，一次性验证码是 { $code }，30 分钟内有效。不是您要的，就不用理它。
letter-demo = （演示，不是政府短信）

# 发给单位的提醒（工作群、值班电话）：几件、哪几件，不写内容。
office-notice = { $office }：{ $what }。打开工作台：{ $base }/desk
office-filed = 新反映 { $count } 件{ $which }
office-called = 请您单位报到 { $count } 件{ $which }
office-return-asked = 待裁定退单 { $count } 件{ $which }
office-soon = 快到时限 { $count } 件{ $which }
office-late = 已超时 { $count } 件{ $which }
office-urged = 反映人催办 { $count } 件{ $which }
office-supervised = 督办待答复 { $count } 件{ $which }
office-reopened = 要重办 { $count } 件{ $which }
office-came-up = 升级到您这里 { $count } 件{ $which }
office-to-decide = 等您单位定 { $count } 件{ $which }
office-rated-low = 评分低要答复 { $count } 件{ $which }
office-direct-line = 社区书记直报 { $count } 件{ $which }
office-date-over = 约定的日子已过 { $count } 件{ $which }
office-which = { $more ->
    [0] （{ $numbers }）
   *[other] （{ $numbers } 等）
}
office-join = ；
office-and = 、

letterbox-title = 演示收件箱
letterbox-intro = 演示里发给居民的短信和邮件都在这里，谁都能看；真的系统里只发到本人手机或邮箱。
letterbox-empty = 还没有信。上报时留一个编的手机号，过几秒再来看。
letterbox-to = 发给 { $to }
footer-letterbox = 演示收件箱

lost-title = 查询码丢了
lost-intro = 写下编号，和反映时留的手机号或邮箱。对得上，就往那里发一个一次性验证码。
lost-number = 编号
lost-address = 留过的手机号或邮箱
lost-ask = 发验证码
lost-sent = 如果编号和联系方式对得上，验证码已经发出，30 分钟内有效。
lost-code = 收到的验证码（8 位数字）
lost-button = 换一个新的查询码
lost-hint = 换了以后，旧的查询码就打不开了。
lost-wrong = 验证码不对、过期了，或者试的次数太多；重新发一个
lost-number-wrong = 编号像 261130-123456-7，在回执上
lost-address-missing = 写下反映时留的手机号或邮箱
lost-none = 反映时没有留手机号和邮箱的，查询码找不回来，可以再反映一次。
lost-link = 查询码丢了？
file-reach = 替居民上报，要留一个能收到查询码的手机号或邮箱
