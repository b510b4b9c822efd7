# Supervision: how the city handles what it is told.

supervision-title = 督查
supervision-queues = 全市四個統一
queue-triage = 統一分辦：等分辦
queue-joint = 統一協調：聯合執法
queue-emergency = 統一指揮：應急
queue-demands = 統一督辦：等答覆
supervision-late = 現在超時的
supervision-late-note = 已經到期、還沒辦的時限；一件可以有幾個。按環節、按單位，不按人。
supervision-nothing-late = 沒有超時的。
supervision-late-stage = { $stage }：{ $clocks } 個超時
supervision-rest = 其他單位 { $clocks } 個
supervision-bulletins = 每週通報
supervision-unstaffed = 沒有人的職位
supervision-all-staffed = 每個社區、工作站、模塊都有人。
supervision-missing = 缺{ $role }：{ $n } 處
bulletin-title = 基層治理每週通報
bulletin-week = { $year } 年第 { $number } 週（{ $from }至{ $to }）
bulletin-under-way = 本週
bulletin-made = 數字截至 { $when }，隨時可以從記錄重新算出。
bulletin-not-over = 這一週還沒有結束。
bulletin-before = 上一週
bulletin-after = 下一週
bulletin-happened = 這一週的情況
bulletin-told = 居民反映 { $told } 件，巡查發現 { $found } 件，市裡下達任務 { $tasks } 件。
bulletin-calls = 社區吹哨 { $calls } 次，叫了部門 { $called } 家次；部門報到 { $reported } 次。
bulletin-returns = 部門申請退單 { $asked } 次：同意 { $upheld } 次，不同意 { $refused } 次，指定承辦 { $assigned } 次。
bulletin-results = 辦出結果 { $resolved } 件，核查退回 { $back } 件。
bulletin-said = 反映人說「解決了」 { $fixed } 次，說「沒解決」 { $not } 次。
bulletin-rated = 評價 { $rated } 次，其中四星、五星 { $content } 次。
bulletin-urged = 反映人催辦 { $urged } 次；因超時自動升一級 { $up } 件。
bulletin-demands = 發督辦單 { $demands } 份，答覆 { $answered } 份。
bulletin-more-time = 申請延期 { $asked } 次，同意 { $granted } 次。
bulletin-elsewhere = 列入計畫 { $parked } 件，轉出 { $transferred } 件，都不算辦結。
bulletin-rejected = 不予受理 { $n } 件：{ $grounds }。
bulletin-promises = 到期的時限
bulletin-promises-note = 第一次到期在這一週的時限，辦沒辦都算。延期後才辦的不算按時。到期前就用不著辦的不算。
bulletin-stage = 環節
bulletin-office = 單位
bulletin-community = 社區
bulletin-due = 到期
bulletin-kept = 按時
bulletin-late = 超時辦的
bulletin-missed = 沒有辦
bulletin-share = 按時率
bulletin-came = 誰來報到，誰沒有來
bulletin-came-note = 這一週到期的報到。「沒有辦」就是到現在也沒有人來。
bulletin-offices = 各部門、各工作站
bulletin-offices-note = 該單位的全部時限，沒有辦的多的排在前面。
bulletin-burden = 社區承擔了多少
bulletin-burden-note = 「交辦和轉來」是市裡的任務、督辦單和別的社區轉來的事。這一欄多的排在前面，一樣多的看沒有辦的。
bulletin-burden-none = 這一週沒有市裡的任務和督辦單，也沒有別的社區轉來的事；沒有辦的多的排在前面。
bulletin-burden-first = 只列前 { $shown } 個，一共 { $all } 個社區。
bulletin-filed = 件數
bulletin-from-above = 交辦和轉來
bulletin-called = 叫到部門
bulletin-words = 密封舉報和已封存的事件都不在這些數字裡。只點單位，不點個人。
sample-title = 抽查回訪：{ $week }
sample-drawn = 有 { $of } 件的反映人說「解決了」，抽籤抽出 { $drawn } 件再看一遍。
sample-how = 到現場看，或者讓工作站打電話問；再打開事件，用「記下回訪」寫明問題又出現了沒有。
sample-share = 看過的 { $all } 件裡，{ $of } 件沒有再出現；推算全部，在 { $low }% 到 { $high }% 之間（95% 的把握）。
sample-seed = 抽籤用的是第 { $at } 條記錄的指紋：
sample-open = 還沒看
sample-holds = 沒有再出現
sample-fails = 又出現了
sample-unsaid = 沒說
sample-unreached = 沒聯絡上

demand-title = 督辦單
demand-number = { $number } 第 { $no } 號
demand-to = 現在承辦
demand-case = 事件
demand-what = 督辦要求
demand-due = 答覆期限
demand-by = 督辦單位
demand-answer = 辦理答覆
demand-signed = 簽名、日期
demand-paper = 列印督辦單
morning-title = 今天的待辦清單
morning-link = 列印我的待辦
morning-note = 用瀏覽器的「列印」。先到期的在前，最多 60 件。上面有居民的話：打開這一頁就記下來，反映人看得到；紙收好，晚上撕掉。
morning-done = 辦了（時間、情況）：

score-title = 互評
score-note = 滿 { $n } 家單位評過才顯示平均分，算到上月底；不顯示是誰評的，不影響事件怎麼辦。
score-none = 還沒有單位滿這個數。
score-line = { $office }：{ $mean } 分（滿分 5 分，{ $count } 次）
score-ask = 和{ $office }配合得怎樣？
score-button = 交評分
score-kept = 評分記下了，不顯示是誰評的。
score-points = { $n ->
    [5] 5 分：很好
    [4] 4 分：好
    [3] 3 分：一般
    [2] 2 分：差
   *[other] 1 分：很差
}

near-title = 離我近的
near-button = 離我近的
near-by-hand = 沒有定位？自己填經緯度
near-lat = 緯度
near-lng = 經度
near-search = 看附近的
near-fault = 填兩個度數，比如 27.5789 和 120.5534。
near-none = 附近沒有輪到您辦的。沒標位置的事不在這裡。
near-metres = { $metres } 公尺
near-asking = 正在找您的位置……
near-denied = 沒有允許用位置。到手機設定裡給瀏覽器打開定位，再點一次；也可以按社區篩選。
near-failed = 沒有找到您的位置。走到空曠處再點一次，或者按社區篩選。
entry-arrived-firm = 承接方到場
entry-fed-back-firm = 承接方回報辦理情況
verb-add-evidence-firm = 傳照片
staff-arrive-first = 先點「到場」
staff-parts-called = 已經叫了部門，先讓他們退單，再轉給別的社區
demand-issued = 發出時間
sample-none = 這一週沒有反映人說「解決了」，不用抽查。
