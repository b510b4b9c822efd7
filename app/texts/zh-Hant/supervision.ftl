# Supervision: how the city handles what it is told.

supervision-title = 督查
supervision-queues = 全市四個統一
queue-triage = 統一分辦
queue-joint = 聯合執法
queue-emergency = 應急指揮
queue-demands = 統一督辦
supervision-late = 現在超時的
supervision-late-note = 已到期還在走的時限，按環節、按單位，不按人。
supervision-nothing-late = 沒有超時的。
supervision-late-stage = { $stage }：{ $clocks } 件超時
supervision-rest = 其他單位 { $clocks } 件
supervision-bulletins = 每週通報
supervision-unstaffed = 沒有人的崗位
supervision-all-staffed = 每個社區、工作站、模組都有人。
supervision-missing = 缺{ $role }：{ $n } 處
bulletin-title = 基層治理每週通報
bulletin-week = { $year } 年第 { $number } 週：{ $from } 至 { $to }
bulletin-under-way = 本週
bulletin-made = 數字截至 { $when }，隨時可以從記錄重新算出。
bulletin-not-over = 這一週還沒有結束。
bulletin-before = 上一週
bulletin-happened = 本週情況
bulletin-told = 居民反映 { $told } 件，巡查發現 { $found } 件，市裡下達任務 { $tasks } 件。
bulletin-calls = 社區吹哨 { $calls } 次，叫到部門 { $called } 個次；報到 { $reported } 次。
bulletin-returns = 部門申請退單 { $asked } 次：同意 { $upheld } 次，不同意 { $refused } 次，指定承辦 { $assigned } 次。
bulletin-results = 辦出結果 { $resolved } 件，核查退回 { $back } 件。
bulletin-said = 反映人說「解決了」 { $fixed } 次，說「沒解決」 { $not } 次。
bulletin-rated = 評價 { $rated } 次，其中四星、五星 { $content } 次。
bulletin-urged = 反映人催辦 { $urged } 次；因超時自動上報一級 { $up } 件。
bulletin-demands = 發督辦單 { $demands } 份，答覆 { $answered } 份。
bulletin-more-time = 申請延期 { $asked } 次，同意 { $granted } 次。
bulletin-elsewhere = 列入計畫 { $parked } 件，轉出 { $transferred } 件，都不算辦結。
bulletin-rejected = 不予受理 { $n } 件：{ $grounds }。
bulletin-promises = 到期的時限
bulletin-promises-note = 首次到期日在本週的時限，辦沒辦都算。延期的不算按時。到期前就不需要的不算。
bulletin-stage = 環節
bulletin-office = 單位
bulletin-community = 社區
bulletin-due = 到期
bulletin-kept = 按時
bulletin-late = 超時辦了
bulletin-missed = 沒有辦
bulletin-share = 按時率
bulletin-came = 誰來報到，誰沒有來
bulletin-came-note = 本週到期的報到。「沒有辦」就是到現在也沒有人來。
bulletin-offices = 各部門、各工作站
bulletin-offices-note = 該單位的全部時限，沒有辦的多的排在前面。
bulletin-burden = 社區承擔了多少
bulletin-burden-note = 上面壓下來最多的 { $shown } 個，共 { $all } 個。「上級交辦」指市裡的任務、督辦單和別的社區轉來的。
bulletin-filed = 件數
bulletin-from-above = 上級交辦
bulletin-called = 叫到部門
bulletin-words = 密封舉報和已封存的事件都不在這些數字裡。只點單位，不點個人。
sample-title = 抽查回訪：{ $week }
sample-drawn = 有 { $of } 件的反映人說「解決了」，抽籤抽出 { $drawn } 件再看一遍。
sample-how = 到現場看，或請工作站打電話；在事件裡用「回訪」記下現在還好不好。
sample-share = 看過的 { $all } 件裡 { $of } 件還好；推及全部，95% 的把握在 { $low }% 到 { $high }% 之間。
sample-seed = 抽籤用的是記錄第 { $at } 位的鏈值：
sample-open = 還沒看
sample-holds = 還好
sample-fails = 又壞了
sample-unsaid = 沒說
sample-unreached = 沒聯絡上

demand-title = 督辦單
demand-number = { $number } 第 { $no } 號
demand-to = 承辦單位
demand-case = 事件
demand-what = 督辦要求
demand-due = 答覆期限
demand-by = 督辦單位
demand-answer = 辦理答覆
demand-signed = 簽字
demand-paper = 列印
morning-title = 早上出門清單
morning-link = 我的待辦，列印成紙
morning-note = 先到期的在前。上面有居民的話，請收好，晚上撕掉。列印過會記下來。
morning-done = 辦了，時間，情況：

score-title = 互評
score-note = 滿 { $n } 次才顯示平均分，從不顯示是誰評的，也不影響這一件。
score-none = 還沒有哪個單位夠數。
score-line = { $office }：{ $mean } 分（滿分 5 分，{ $count } 次）
score-ask = 和{ $office }配合得怎樣？
score-button = 評一下
score-kept = 記下了，不留名。
score-points = { $n ->
    [5] 5 分：很好
    [4] 4 分：好
    [3] 3 分：一般
    [2] 2 分：差
   *[other] 1 分：很差
}

near-title = 離我近的
near-button = 離我近的
near-by-hand = 或者填位置
near-lat = 緯度
near-lng = 經度
near-search = 看附近的
near-fault = 填兩個度數，比如 27.5789 和 120.5534。
near-none = 附近沒有輪到您的、帶位置的事。
near-metres = { $metres } 公尺
near-asking = 正在找您的位置……
near-denied = 這部手機不讓用位置。可以填位置，或者按社區篩選。
near-failed = 沒有找到您的位置。可以填位置，或者按社區篩選。
