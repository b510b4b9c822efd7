# States, clocks and events of a case. Residents read 办, never 处置.
state-filed = 已送到社区，等受理
state-accepted = 社区已受理
state-dispatched = 已派给部门，等报到
state-in-progress = 正在办
state-joint = 几个部门一起办
state-resolved = 说办完了，等核查
state-verified = 办完，已核查
state-closed = 已结束
state-rejected = 不予受理
state-withdrawn = 反映人撤回了
state-merged = 并到另一件一起办
state-parked = 列入计划
state-transferred-out = 已转给别的单位
state-waiting-for-reporter = 等反映人补充
tag-late = 超时

verdict-fixed = 反映人说：解决了
verdict-not-fixed = 反映人说：没解决
verdict-silent = 反映人没表态，不算满意
verdict-waiting = 等反映人说解决了没有

who-reporter = 反映人
who-me-too = 同样遇到的居民
who-system = 系统按时限自动记下

ground-other-procedure = 正在或应当走别的程序（诉讼、仲裁、复议、信访、纪检）
ground-not-actionable = 信息不够，也联系不上反映人
ground-outside-city = 不在本市
ground-already-answered = 同一个人、同一件事，已经答复过

outcome-solved = 办好了
outcome-partly-solved = 办好了一部分
outcome-planned = 列入计划
outcome-not-found = 到场没有发现
outcome-untrue = 查过，情况不是这样
outcome-lawfully-refused = 依法不能办
outcome-no-power = 这里无权办理
outcome-other-procedure = 正在别的程序中办
outcome-duplicate = 与另一件相同
outcome-unreachable = 联系不上反映人

visibility-public = 公开
visibility-without-detail = 公开进展，不公开细节
visibility-private = 不公开

# The step a clock waits for, after the name of who owes it.
stage-respond = 回应
stage-dispatch = 派单
stage-report-in = 报到
stage-set-out = 出发
stage-arrive = 到场
stage-resolve = 办完
stage-verify = 核查
stage-release = 审核公开内容
stage-return = 裁定退单
stage-answer = 答复

clock-due = { $owner }，{ $due } 前{ $step }
clock-provisional = { $owner }，{ $due } 前{ $step }（暂定，节假日安排还没公布）
clock-late = { $owner }应在 { $due } 前{ $step }，已经超时
clock-paused = { $owner }{ $step }的计时已暂停，等反映人补充
clock-stopped = { $owner }负责{ $step }：{ $at } 做到
clock-stopped-late = { $owner }负责{ $step }：晚了 { $late }做到
clock-missed = { $owner }应在 { $due } 前{ $step }，没有做到
clock-not-needed = { $owner }不用再{ $step }（原定 { $due } 前）
clock-why = { $line }：{ $why }

case-title-plain = { $community }：{ $category }
case-title-place = { $place }：{ $category }
case-me-too-count = { $n ->
   *[other] 还有 { $n } 人遇到
}

entry-due = { $due } 前
entry-filed = 反映给社区
entry-filed-proxy = 工作人员替居民上报
entry-filed-staff = 工作人员发现，上报给社区
entry-taken = 社区接单，自己办
entry-accepted = 社区受理
entry-rejection-proposed = 有人提出不予受理，等第二人复核
entry-rejected = 不予受理：{ $why }
entry-review-asked = 反映人申请复核
entry-rejection-upheld = 复核：维持不予受理
entry-rejection-overturned = 复核：改为受理
entry-asked = 有个问题要问反映人
entry-answered = 反映人回答了
entry-waiting-ended = 等待补充的时间到了，继续办
entry-information-added = 反映人补充了情况
entry-assessed = 社区提出办理意见
entry-called = { $n ->
   *[other] 社区吹哨，请 { $n } 个部门来办
}
entry-signed = 部门签收
entry-reported-in = 部门报到
entry-set-out = 部门出发
entry-arrived = 部门到场
entry-fed-back = 部门反馈办理情况
entry-engaged = 部门委托了别的单位来做（承接方）
entry-engagement-ended = 部门终止了对承接方的委托
entry-return-asked = 部门认为不归自己办，申请退单
entry-return-upheld = 退单成立，换部门办
entry-return-refused = 退单不成立，继续办
entry-assigned = 指定由一个部门办，不再退
entry-called-units = 社区吹哨，请{ $units }来办
entry-assigned-unit = 指定由{ $unit }办，不再退
called-lead = { $unit }（牵头）
entry-extension-asked = 申请延期
entry-extension-granted = 同意延期
entry-extension-refused = 不同意延期
entry-parked = 列入计划
entry-transferred-out = 转给别的单位
entry-answer-relayed = 对方已答复
passed-on = 已转{ $to }办理，依据{ $basis }，最迟 { $due } 答复。
passed-to = 转给
passed-basis = 转办依据
passed-due = 最迟答复
passed-late = { $due }（已过，还没有答复）
passed-answered = { $at } 已答复（最迟 { $due }）
entry-noted = 内部记录
entry-updated = 新的进展
entry-evidence-added = 补了证据
entry-resolved = 说办完了：{ $how }
entry-resolved-on-the-spot = 当场办了：{ $how }
entry-verified = 办理单位以外的人核查过
entry-sent-back = 核查没过，退回重办
entry-called-back = 电话回访了反映人
entry-called-back-holds = 回访：没有再出现
entry-called-back-fails = 回访：又出现了
entry-called-back-unreached = 电话回访，没有打通
entry-confirmed = 反映人说：解决了
entry-disputed = 反映人说：没解决
entry-rated = { $stars ->
   *[other] 反映人打了 { $stars } 分（满分 5 分）
}
entry-rating-answered = 回应了反映人的评价
entry-reopened = 重新办理
entry-escalated = 上报上一级
entry-urged = 反映人催办
entry-supervised = 督办，要求限期答复
entry-supervision-answered = 答复督办
entry-direct-lined = 社区书记直报市领导
entry-reclassified = 改了类别
entry-moved = 转给事发地的社区，由它负责
entry-merged = 并到另一件一起办
entry-took-in = 另一件并到这里一起办
entry-gave-back = 并来的一件又单独办
entry-unmerged = 撤销并案，单独办
entry-released = 内容已公开
entry-held = 内容暂不公开
entry-redacted = 遮去了一部分内容
entry-photo-covered = 公开的照片遮住或裁掉了一部分
entry-photo-withheld = 有一张照片不公开
entry-photo-shown = 不公开的那张照片又公开了
entry-quarantine-proposed = 有人提出移出公开范围，等第二人确认
entry-quarantined = 已移出公开范围
entry-visibility-changed = 改了谁能看到
entry-handed-over = 换了经办人
entry-withdrawn = 反映人撤回
entry-closed = 结束
entry-joined = 又有一位居民遇到同样的问题
