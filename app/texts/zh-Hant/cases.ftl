# States, clocks and events of a case. Residents read 办, never 处置.
state-filed = 已送到社區，等受理
state-accepted = 社區已受理
state-dispatched = 已派給部門，等報到
state-in-progress = 正在辦
state-joint = 幾個部門一起辦
state-resolved = 說辦完了，等核查
state-verified = 辦完，已核查
state-closed = 已結束
state-rejected = 不予受理
state-withdrawn = 反映人撤回了
state-merged = 併到另一件一起辦
state-parked = 列入計畫
state-transferred-out = 已轉給別的單位
state-waiting-for-reporter = 等反映人補充
tag-late = 超時

verdict-fixed = 反映人說：解決了
verdict-not-fixed = 反映人說：沒解決
verdict-silent = 反映人沒表態，不算滿意
verdict-waiting = 等反映人說解決了沒有

who-reporter = 反映人
who-me-too = 同樣遇到的居民
who-system = 系統按時限自動記下

ground-other-procedure = 正在或應當走別的程序（訴訟、仲裁、行政復議、信訪、紀檢）
ground-not-actionable = 資料不夠，也聯絡不上反映人
ground-outside-city = 不在本市
ground-already-answered = 同一個人、同一件事，已經答覆過

outcome-solved = 辦好了
outcome-partly-solved = 辦好了一部分
outcome-planned = 列入計畫
outcome-not-found = 到場沒有發現
outcome-untrue = 查過，情況不是這樣
outcome-lawfully-refused = 依法不能辦
outcome-no-power = 這裡無權辦理
outcome-other-procedure = 正在別的程序中辦
outcome-duplicate = 與另一件相同
outcome-unreachable = 聯絡不上反映人

visibility-public = 公開
visibility-without-detail = 公開進展，不公開細節
visibility-private = 不公開

# The step a clock waits for, after the name of who owes it.
stage-respond = 回應
stage-dispatch = 派單
stage-report-in = 報到
stage-set-out = 出發
stage-arrive = 到場
stage-resolve = 辦完
stage-verify = 核查
stage-release = 審核公開內容
stage-return = 裁定退單
stage-answer = 答覆

clock-due = { $owner }，{ $due } 前{ $step }
clock-provisional = { $owner }，{ $due } 前{ $step }（暫定，假日安排還沒公布）
clock-late = { $owner }應在 { $due } 前{ $step }，已經超時
clock-paused = { $owner }{ $step }的計時已暫停，等反映人補充
clock-stopped = { $owner }負責{ $step }：{ $at } 做到
clock-stopped-late = { $owner }負責{ $step }：晚了 { $late }做到
clock-missed = { $owner }應在 { $due } 前{ $step }，沒有做到
clock-not-needed = { $owner }不用再{ $step }（原定 { $due } 前）
clock-why = { $line }：{ $why }

case-title-plain = { $community }：{ $category }
case-title-place = { $place }：{ $category }
case-me-too-count = { $n ->
   *[other] 還有 { $n } 人遇到
}

entry-due = { $due } 前
entry-filed = 反映給社區
entry-filed-proxy = 工作人員替居民上報
entry-filed-staff = 工作人員發現，上報給社區
entry-taken = 社區接單，自己辦
entry-accepted = 社區受理
entry-rejection-proposed = 有人提出不予受理，等第二人複核
entry-rejected = 不予受理：{ $why }
entry-review-asked = 反映人申請複核
entry-rejection-upheld = 複核：維持不予受理
entry-rejection-overturned = 複核：改為受理
entry-asked = 有個問題要問反映人
entry-answered = 反映人回答了
entry-waiting-ended = 等待補充的時間到了，繼續辦
entry-information-added = 反映人補充了情況
entry-assessed = 社區提出辦理意見
entry-called = { $n ->
   *[other] 社區吹哨，請 { $n } 個部門來辦
}
entry-signed = 部門簽收
entry-reported-in = 部門報到
entry-set-out = 部門出發
entry-arrived = 部門到場
entry-fed-back = 部門回報辦理情況
entry-engaged = 部門委託了別的單位來做（承接方）
entry-engagement-ended = 部門終止了對承接方的委託
entry-return-asked = 部門認為不歸自己辦，申請退單
entry-return-upheld = 退單成立，換部門辦
entry-return-refused = 退單不成立，繼續辦
entry-assigned = 指定由一個部門辦，不再退
entry-called-units = 社區吹哨，請{ $units }來辦
entry-assigned-unit = 指定由{ $unit }辦，不再退
called-lead = { $unit }（牽頭）
entry-extension-asked = 申請延期
entry-extension-granted = 同意延期
entry-extension-refused = 不同意延期
entry-parked = 列入計畫
entry-transferred-out = 轉給別的單位
entry-answer-relayed = 對方已答覆
passed-on = 已轉{ $to }辦理，依據{ $basis }，最遲 { $due } 答覆。
passed-to = 轉給
passed-basis = 轉辦依據
passed-due = 最遲答覆
passed-late = { $due }（已過，還沒有答覆）
passed-answered = { $at } 已答覆（最遲 { $due }）
entry-noted = 內部記錄
entry-updated = 新的進展
entry-evidence-added = 補了證據
entry-resolved = 說辦完了：{ $how }
entry-resolved-on-the-spot = 當場辦了：{ $how }
entry-verified = 辦理單位以外的人核查過
entry-sent-back = 核查沒過，退回重辦
entry-called-back = 電話回訪了反映人
entry-called-back-holds = 回訪：沒有再出現
entry-called-back-fails = 回訪：又出現了
entry-called-back-unreached = 電話回訪，沒有打通
entry-confirmed = 反映人說：解決了
entry-disputed = 反映人說：沒解決
entry-rated = { $stars ->
   *[other] 反映人打了 { $stars } 分（滿分 5 分）
}
entry-rating-answered = 回應了反映人的評價
entry-reopened = 重新辦理
entry-escalated = 上報上一級
entry-urged = 反映人催辦
entry-supervised = 督辦，要求限期答覆
entry-supervision-answered = 答覆督辦
entry-direct-lined = 社區書記直報市領導
entry-reclassified = 改了類別
entry-moved = 轉給事發地的社區，由它負責
entry-merged = 併到另一件一起辦
entry-took-in = 另一件併到這裡一起辦
entry-gave-back = 併來的一件又單獨辦
entry-unmerged = 撤銷併案，單獨辦
entry-released = 內容已公開
entry-held = 內容暫不公開
entry-redacted = 遮去了一部分內容
entry-photo-covered = 公開的照片遮住或裁掉了一部分
entry-photo-withheld = 有一張照片不公開
entry-photo-shown = 不公開的那張照片又公開了
entry-quarantine-proposed = 有人提出移出公開範圍，等第二人確認
entry-quarantined = 已移出公開範圍
entry-visibility-changed = 改了誰能看到
entry-handed-over = 換了經辦人
entry-withdrawn = 反映人撤回
entry-closed = 結束
entry-joined = 又有一位居民遇到同樣的問題
