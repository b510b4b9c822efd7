# Supervision: how the city handles what it is told.

supervision-title = 督查
supervision-queues = 全市四个统一
queue-triage = 统一分办
queue-joint = 联合执法
queue-emergency = 应急指挥
queue-demands = 统一督办
supervision-late = 现在超时的
supervision-late-note = 已到期还在走的时限，按环节、按单位，不按人。
supervision-nothing-late = 没有超时的。
supervision-late-stage = { $stage }：{ $clocks } 件超时
supervision-rest = 其他单位 { $clocks } 件
supervision-bulletins = 每周通报
supervision-unstaffed = 没有人的岗位
supervision-all-staffed = 每个社区、工作站、模块都有人。
supervision-missing = 缺{ $role }：{ $n } 处
bulletin-title = 基层治理每周通报
bulletin-week = { $year } 年第 { $number } 周：{ $from } 至 { $to }
bulletin-under-way = 本周
bulletin-made = 数字截至 { $when }，随时可以从记录重新算出。
bulletin-not-over = 这一周还没有结束。
bulletin-before = 上一周
bulletin-happened = 本周情况
bulletin-told = 居民反映 { $told } 件，巡查发现 { $found } 件，市里下达任务 { $tasks } 件。
bulletin-calls = 社区吹哨 { $calls } 次，叫到部门 { $called } 个次；报到 { $reported } 次。
bulletin-returns = 部门申请退单 { $asked } 次：同意 { $upheld } 次，不同意 { $refused } 次，指定承办 { $assigned } 次。
bulletin-results = 办出结果 { $resolved } 件，核查退回 { $back } 件。
bulletin-said = 反映人说“解决了” { $fixed } 次，说“没解决” { $not } 次。
bulletin-rated = 评价 { $rated } 次，其中四星、五星 { $content } 次。
bulletin-urged = 反映人催办 { $urged } 次；因超时自动上报一级 { $up } 件。
bulletin-demands = 发督办单 { $demands } 份，答复 { $answered } 份。
bulletin-more-time = 申请延期 { $asked } 次，同意 { $granted } 次。
bulletin-elsewhere = 列入计划 { $parked } 件，转出 { $transferred } 件，都不算办结。
bulletin-rejected = 不予受理 { $n } 件：{ $grounds }。
bulletin-promises = 到期的时限
bulletin-promises-note = 首次到期日在本周的时限，办没办都算。延期的不算按时。到期前就不需要的不算。
bulletin-stage = 环节
bulletin-office = 单位
bulletin-community = 社区
bulletin-due = 到期
bulletin-kept = 按时
bulletin-late = 超时办了
bulletin-missed = 没有办
bulletin-share = 按时率
bulletin-came = 谁来报到，谁没有来
bulletin-came-note = 本周到期的报到。“没有办”就是到现在也没有人来。
bulletin-offices = 各部门、各工作站
bulletin-offices-note = 该单位的全部时限，没有办的多的排在前面。
bulletin-burden = 社区承担了多少
bulletin-burden-note = 上面压下来最多的 { $shown } 个，共 { $all } 个。“上级交办”指市里的任务、督办单和别的社区转来的。
bulletin-filed = 件数
bulletin-from-above = 上级交办
bulletin-called = 叫到部门
bulletin-words = 密封举报和已封存的事件都不在这些数字里。只点单位，不点个人。
sample-title = 抽查回访：{ $week }
sample-drawn = 有 { $of } 件的反映人说“解决了”，抽签抽出 { $drawn } 件再看一遍。
sample-how = 到现场看，或请工作站打电话；在事件里用“回访”记下现在还好不好。
sample-share = 看过的 { $all } 件里 { $of } 件还好；推及全部，95% 的把握在 { $low }% 到 { $high }% 之间。
sample-seed = 抽签用的是记录第 { $at } 位的链值：
sample-open = 还没看
sample-holds = 还好
sample-fails = 又坏了
sample-unsaid = 没说
sample-unreached = 没联系上

demand-title = 督办单
demand-number = { $number } 第 { $no } 号
demand-to = 承办单位
demand-case = 事件
demand-what = 督办要求
demand-due = 答复期限
demand-by = 督办单位
demand-answer = 办理答复
demand-signed = 签字
demand-paper = 打印
morning-title = 早上出门清单
morning-link = 我的待办，打印成纸
morning-note = 先到期的在前。上面有居民的话，请收好，晚上撕掉。打印过会记下来。
morning-done = 办了，时间，情况：

score-title = 互评
score-note = 满 { $n } 次才显示平均分，从不显示是谁评的，也不影响这一件。
score-none = 还没有哪个单位够数。
score-line = { $office }：{ $mean } 分（满分 5 分，{ $count } 次）
score-ask = 和{ $office }配合得怎样？
score-button = 评一下
score-kept = 记下了，不留名。
score-points = { $n ->
    [5] 5 分：很好
    [4] 4 分：好
    [3] 3 分：一般
    [2] 2 分：差
   *[other] 1 分：很差
}

near-title = 离我近的
near-button = 离我近的
near-by-hand = 或者填位置
near-lat = 纬度
near-lng = 经度
near-search = 看附近的
near-fault = 填两个度数，比如 27.5789 和 120.5534。
near-none = 附近没有轮到您的、带位置的事。
near-metres = { $metres } 米
near-asking = 正在找您的位置……
near-denied = 这部手机不让用位置。可以填位置，或者按社区筛选。
near-failed = 没有找到您的位置。可以填位置，或者按社区筛选。
