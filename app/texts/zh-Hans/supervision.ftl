# Supervision: how the city handles what it is told.

supervision-title = 督查
supervision-queues = 全市四个统一
queue-triage = 统一分办：等分办
queue-joint = 统一协调：联合执法
queue-emergency = 统一指挥：应急
queue-demands = 统一督办：等答复
supervision-late = 现在超时的
supervision-late-note = 已经到期、还没办的时限；一件可以有几个。按环节、按单位，不按人。
supervision-nothing-late = 没有超时的。
supervision-late-stage = { $stage }：{ $clocks } 个超时
supervision-rest = 其他单位 { $clocks } 个
supervision-bulletins = 每周通报
supervision-unstaffed = 没有人的岗位
supervision-all-staffed = 每个社区、工作站、模块都有人。
supervision-missing = 缺{ $role }：{ $n } 处
bulletin-title = 基层治理每周通报
bulletin-week = { $year } 年第 { $number } 周（{ $from }至{ $to }）
bulletin-under-way = 本周
bulletin-made = 数字截至 { $when }，随时可以从记录重新算出。
bulletin-not-over = 这一周还没有结束。
bulletin-before = 上一周
bulletin-after = 下一周
bulletin-happened = 这一周的情况
bulletin-told = 居民反映 { $told } 件，巡查发现 { $found } 件，市里下达任务 { $tasks } 件。
bulletin-calls = 社区吹哨 { $calls } 次，叫了部门 { $called } 家次；部门报到 { $reported } 次。
bulletin-returns = 部门申请退单 { $asked } 次：同意 { $upheld } 次，不同意 { $refused } 次，指定承办 { $assigned } 次。
bulletin-results = 办出结果 { $resolved } 件，核查退回 { $back } 件。
bulletin-said = 反映人说“解决了” { $fixed } 次，说“没解决” { $not } 次。
bulletin-rated = 评价 { $rated } 次，其中四星、五星 { $content } 次。
bulletin-urged = 反映人催办 { $urged } 次；因超时自动升一级 { $up } 件。
bulletin-demands = 发督办单 { $demands } 份，答复 { $answered } 份。
bulletin-more-time = 申请延期 { $asked } 次，同意 { $granted } 次。
bulletin-elsewhere = 列入计划 { $parked } 件，转出 { $transferred } 件，都不算办结。
bulletin-rejected = 不予受理 { $n } 件：{ $grounds }。
bulletin-promises = 到期的时限
bulletin-promises-note = 第一次到期在这一周的时限，办没办都算。延期后才办的不算按时。到期前就用不着办的不算。
bulletin-stage = 环节
bulletin-office = 单位
bulletin-community = 社区
bulletin-due = 到期
bulletin-kept = 按时
bulletin-late = 超时办的
bulletin-missed = 没有办
bulletin-share = 按时率
bulletin-came = 谁来报到，谁没有来
bulletin-came-note = 这一周到期的报到。“没有办”就是到现在也没有人来。
bulletin-offices = 各部门、各工作站
bulletin-offices-note = 该单位的全部时限，没有办的多的排在前面。
bulletin-burden = 社区承担了多少
bulletin-burden-note = “交办和转来”是市里的任务、督办单和别的社区转来的事。这一栏多的排在前面，一样多的看没有办的。
bulletin-burden-none = 这一周没有市里的任务和督办单，也没有别的社区转来的事；没有办的多的排在前面。
bulletin-burden-first = 只列前 { $shown } 个，一共 { $all } 个社区。
bulletin-filed = 件数
bulletin-from-above = 交办和转来
bulletin-called = 叫到部门
bulletin-words = 密封举报和已封存的事件都不在这些数字里。只点单位，不点个人。
sample-title = 抽查回访：{ $week }
sample-drawn = 有 { $of } 件的反映人说“解决了”，抽签抽出 { $drawn } 件再看一遍。
sample-how = 到现场看，或者让工作站打电话问；再打开事件，用“记下回访”写明问题又出现了没有。
sample-share = 看过的 { $all } 件里，{ $of } 件没有再出现；推算全部，在 { $low }% 到 { $high }% 之间（95% 的把握）。
sample-seed = 抽签用的是第 { $at } 条记录的指纹：
sample-open = 还没看
sample-holds = 没有再出现
sample-fails = 又出现了
sample-unsaid = 没说
sample-unreached = 没联系上

demand-title = 督办单
demand-number = { $number } 第 { $no } 号
demand-to = 现在承办
demand-case = 事件
demand-what = 督办要求
demand-due = 答复期限
demand-by = 督办单位
demand-answer = 办理答复
demand-signed = 签字、日期
demand-paper = 打印督办单
morning-title = 今天的待办清单
morning-link = 打印我的待办
morning-note = 用浏览器的“打印”。先到期的在前，最多 60 件。上面有居民的话：打开这一页就记下来，反映人看得到；纸收好，晚上撕掉。
morning-done = 办了（时间、情况）：

score-title = 互评
score-note = 满 { $n } 家单位评过才显示平均分，算到上月底；不显示是谁评的，不影响事件怎么办。
score-none = 还没有单位满这个数。
score-line = { $office }：{ $mean } 分（满分 5 分，{ $count } 次）
score-ask = 和{ $office }配合得怎样？
score-button = 交评分
score-kept = 评分记下了，不显示是谁评的。
score-points = { $n ->
    [5] 5 分：很好
    [4] 4 分：好
    [3] 3 分：一般
    [2] 2 分：差
   *[other] 1 分：很差
}

near-title = 离我近的
near-button = 离我近的
near-by-hand = 没有定位？自己填经纬度
near-lat = 纬度
near-lng = 经度
near-search = 看附近的
near-fault = 填两个度数，比如 27.5789 和 120.5534。
near-none = 附近没有轮到您办的。没标位置的事不在这里。
near-metres = { $metres } 米
near-asking = 正在找您的位置……
near-denied = 没有允许用位置。到手机设置里给浏览器打开定位，再点一次；也可以按社区筛选。
near-failed = 没有找到您的位置。走到空旷处再点一次，或者按社区筛选。
entry-arrived-firm = 承接方到场
entry-fed-back-firm = 承接方反馈办理情况
verb-add-evidence-firm = 传照片
staff-arrive-first = 先点“到场”
staff-parts-called = 已经叫了部门，先让他们退单，再转给别的社区
demand-issued = 发出时间
sample-none = 这一周没有反映人说“解决了”，不用抽查。
