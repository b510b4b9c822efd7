# /cases/{number}, /track and what a party can do.
case-next = 下一步：{ $sentence }
case-place = 地点：
case-position = 位置：北纬 { $lat }，东经 { $lng }（公开到约一百米）
case-waiting-release = 内容等专人看过再公开；编号、社区和进展现在就能看。
case-held = 内容暂不公开。原因已经告诉反映人。
case-withheld = 按反映人的选择，不公开内容。
case-story = 经过
case-clocks = 时限是怎么算的
case-community = 社区
case-filed = 反映时间
case-departments = 已报到的部门
case-recurrence = 上一次
case-merged-into = 并到
case-merged-unseen = 另一件（没有公开）
case-questions = 有疑问找
case-yours-title = 这是您反映的吗？
case-yours-text = 用查询码打开，可以补充、撤回，办完后说解决了没有。
case-yours-button = 输入查询码
case-join-title = 您也遇到了？
case-join-text = 点一下就行，不用再写。您会有自己的查询码，各说各的结果。
case-again-title = 又出现了？
case-again-text = 再反映一次，会和这一件放在一起看。
case-again-button = 又出现了

track-title = 查进度
track-description = 输入查询码，看您反映的事走到哪一步，补充、撤回，或者说解决了没有。
track-intro = 看走到哪一步，回答问题，补充照片，说解决了没有。
track-code = 查询码
track-code-hint = 回执上那 21 位数字，空格可有可无。别人有了它就能看到您反映的内容，别发给别人。
track-open = 看进度
track-number = 您要查的是 { $number }。出于保密，还要输入查询码。
track-expired = 半小时没有动过，已经退出。再输一次查询码就行，什么都没有丢。
track-other = 这个浏览器现在打开的是另一件。再输一次 { $number } 的查询码就行，什么都没有丢。
track-kept = 还没有发出。您选的、写的都在下面，看一遍，再点一次。
track-kept-text = 您写的，还没有发出
track-kept-photos = 您的照片，还没有发出
track-photo-goes = 发照片 { $n }
track-news = 这期间的变化
track-stray-title = 您写的没有发出
track-stray = 现在在这里发不了；还要用，就先抄下来。
track-lost = 查询码丢了，公开的部分还能看：
track-more = 还可以做的
track-leave = 退出查询

act-answer-title = 有个问题要问您
act-answer-label = 您的回答
act-answer-button = 回答
act-judge-title = 解决了没有？
act-judge-hint = 部门说办完了。到底解决了没有，您说了算；不说就是没表态，不算满意。
act-judge-closed = 已经结束了。您的话照样算数，随时可以说。
act-said-fixed = 您说过：解决了。改了主意，随时可以说。
act-said-not-fixed = 您说过：没解决。现在解决了，就按这里。
act-confirm = 解决了
act-dispute = 没解决
act-dispute-label = 哪里没解决？现在是什么情况？（审核后会公开，别写姓名、电话）
act-dispute-button = 没解决，请再办
act-rate-title = 给办理打个分
act-rated-title = 您打了 { $stars } 分，要改就点开
act-rate-label = 办得怎么样？
act-rate-why = 为什么这样评（可以不写，不公开）
act-rate-button = 打分
stars-5 = 5 分，很满意
stars-4 = 4 分，满意
stars-3 = 3 分，一般
stars-2 = 2 分，不满意
stars-1 = 1 分，很不满意
act-urge-title = 已经超时，催一下
act-urge-hint = 催办会记下来，也会计入这个单位的数字。
act-urge-button = 催办
act-review-title = 觉得应该受理？
act-review-label = 为什么应该受理
act-review-button = 申请复核
act-add-title = 补充情况或照片
act-add-label = 要补充什么？
act-add-button = 补充
act-reopen-title = 没有真正解决，要求重新办
act-reopen-label = 现在是什么情况？
act-reopen-button = 要求重新办
act-visibility-title = 改谁能看到
act-visibility-button = 改
act-withdraw-title = 撤回
act-withdraw-hint = 撤回后就不再办了，还会算在总数里。撤回是您自己的决定，谁也不能要求您撤。
act-withdraw-label = 为什么撤回？（可不填）
act-withdraw-button = 撤回这件反映

did-add = 收到了，已经放进经过里。
did-withdraw = 已经撤回。
did-confirm = 记下了：您说解决了。
did-dispute = 记下了：您说没解决。
did-rate = 记下了您的打分。
did-urge = 已经催办。
did-ask-review = 已经申请复核，由别的人来看。
did-reopen = 已经要求重新办。
did-change-visibility = 已经改了谁能看到。

limit-days = { $n ->
   *[other] { $n } 天（每天按 24 小时算）
}
limit-service = { $n ->
   *[other] 上班时间 { $n } 分钟
}
limit-service-hours = { $n ->
   *[other] 上班时间 { $n } 小时
}
limit-calendar-days = { $n ->
   *[other] { $n } 日
}
limit-working-days = { $n ->
   *[other] { $n } 个工作日
}
limit-calendar-days-close = { $n ->
   *[other] { $n } 日（到下班为止）
}
limit-working-days-close = { $n ->
   *[other] { $n } 个工作日（到下班为止）
}
limit-date = 约定的日期
explain-start = 从 { $start } 起算，期限是{ $limit }。
explain-first-day = 当天不算，{ $day }是第一天。
explain-skipped = 这些天不算：{ $days }。
explain-made-up = 这些周末要上班，算：{ $days }。
explain-last-day = 最后一天是{ $day }，到 24:00 为止。
explain-last-day-close = 最后一天是{ $day }，到下班为止。
explain-paused = 等反映人补充的 { $span } 不算。
explain-extended = 延期过一次；是否按时仍看原来的 { $due }。
explain-due = 所以到 { $due } 为止，到点就算超时。
explain-provisional = 那时的节假日安排还没有公布，可能还会变。
explain-took = 实际用了 { $gross }。
explain-took-net = 从头到尾 { $gross }，去掉等待实际用了 { $net }。
explain-day = { $date }（{ $why }）
day-weekend = 周末
day-new-year = 元旦
day-spring-festival = 春节
day-tomb-sweeping = 清明节
day-labour = 劳动节
day-dragon-boat = 端午节
day-mid-autumn = 中秋节
day-national = 国庆节
day-holiday = 节假日

cases-title = 大家反映的
cases-description = 全市公开的反映：在哪里、哪一类、谁在办、办到哪一步。
cases-state = 进展
cases-any-state = 全部
cases-open = 还在办
cases-ended = 已经结束
cases-any-community = 全部社区
cases-any-category = 全部类别
cases-filter = 筛选
cases-clear = 取消筛选
cases-total = { $n ->
    [0] 没有符合的
   *[other] 共 { $n } 件
}
cases-more-than = 超过 { $n } 件
cases-lag = 搜索比实际晚 { $span }，刚反映的可能还搜不到。
cases-none-title = 没有符合的反映
cases-none-text = 换个词，少选一个条件，或者看看全部。

communities-title = 社区
communities-description = 全市的社区：电话、联勤工作站、网格，和大家反映的事。
communities-intro = 按社区名、旧村名、拼音或拼音首字母找。
communities-search = 搜社区
communities-placeholder = 象岗、xianggang、xg……
communities-found = { $n ->
   *[other] 找到 { $n } 个
}
communities-all = 看全部
communities-none-title = 没有找到
communities-none-text = 换旧村名或拼音试试。
community-formerly = 原 { $names }
community-office = 社区
community-station = 联勤工作站
community-no-phone = 电话还没有登记
community-unit = 治理单元
community-former-names = 曾用名
community-pinyin = 拼音
community-code = 统计代码
community-grids = 网格
community-grid-count = { $n ->
   *[other] { $n } 个
}

services-title = 办事
services-description = 查要带什么、多久办好、去哪里办、能不能在网上办。
services-intro = 看要带什么、多久办好，能网上办的会写明。
services-search = 搜事项
services-placeholder = 生育登记、高龄津贴、开店……
services-count = { $n ->
   *[other] { $n } 个事项
}
services-none-title = 没有找到这个事项
services-none-text = 换个平常的说法试试，或者打 12345 问。
service-bring = 要带什么
service-bring-nothing = 什么都不用带，人来就行。
service-not-online = 这里现在只能查，还不能在网上申请。
service-promised = 多久办好
service-at-once = 当场办好
service-statutory = 法定时限
service-no-limit = 法律没有规定
service-fee = 收费
service-free = 不收费
service-where = 去哪里办
service-how = 怎么办
service-visits = 最多跑几次
service-visit-count = { $n ->
    [0] 不用跑
   *[other] { $n } 次
}
service-department = 负责部门
service-kind = 事项类型
service-basis = 依据
service-permit = 行政许可
service-confirm = 行政确认
service-benefit = 行政给付
service-adjudicate = 行政裁决
service-reward = 行政奖励
service-other = 其他行政权力
service-public = 公共服务
reach-community = 社区就能办
reach-unit = 治理单元的便民服务中心
reach-city = 全市任何一个窗口
reach-cross-region = 外地也能办
mode-online = 不用见面
mode-one-visit = 跑一次
mode-proxy = 可以代办

# Errors. 抱歉 only where we failed; those keys begin with oops-.
trouble-status = 错误代码 { $status }
trouble-call = 等不及就打电话：
trouble-400-title = 这个请求没有看懂
trouble-400 = 可能是链接不完整。回到上一页再试一次。
trouble-403-title = 这里不能进
trouble-403 = 表单要从本站的页面发出，或者这一页不对您开放。回到首页，从本站的链接再进一次。
trouble-404-title = 没有这个页面
trouble-404 = 可能网址抄错了，或者这件事不公开。有查询码的，从“查进度”进。
trouble-403-desk-title = 不在您的职责范围内
trouble-403-desk = 按您现在的任职，这一项不归您看或办。任职刚变过的，从工作台重新进一次。
trouble-404-desk-title = 没有这一项，或者不在您的职责范围内
trouble-404-desk = 可能编号或网址抄错了，也可能已经交给别的单位或同事。
trouble-desk-back = 回工作台
trouble-405-title = 这里不是这样用的
trouble-405 = 从本站的页面再进一次。
trouble-413-title = 太大了，收不下
trouble-413 = 照片换小一点的，或者分几次发。回到上一页，您写的还在。
trouble-422-title = 现在不能这样做
trouble-422 = 这件事的情况变了。回到上一页看看最新的进展。
trouble-429-title = 点得太快了
trouble-429 = { $seconds ->
   *[other] 等 { $seconds } 秒再试，什么都没有丢。
}
trouble-500-title = 我们出错了
oops-500 = 抱歉，是我们的问题，不是您的。再试一次；还不行就告诉我们这个编号：{ $incident }。
trouble-503-title = 现在太忙
oops-503 = 抱歉，暂时接不过来。过一分钟再试，写好的内容回到上一页还在。
trouble-507-title = 没有存上
oops-507 = 抱歉，存储满了，您写的没有存上。先把文字留着，过一会儿再发；着急就打电话。
looks-title = { $n ->
    [0] 谁看过、交给过谁：还没有
   *[other] 谁看过、交给过谁：{ $n } 次
}
looks-intro = 工作人员每次看不公开的内容、照片或您的联系方式，都先记在这里。交给过哪个单位，也写在这里。
looks-line-of-list = 在待办里看到了
looks-story = 看了内容
looks-photo = 看了照片
looks-contact = 看了联系方式
looks-print = 打开了打印用的页面
looks-export = 用程序取走了内容
looks-passed = 交给了{ $to }
looks-passed-outside = 转给了别的机关
looks-line = { $office }：{ $what }
looks-times = { $what }（{ $n } 次）
looks-office-gone = 已撤销的岗位
