# /cases/{number}, /track and what a party can do.
case-next = 下一步：{ $sentence }
case-place = 地點：
case-position = 位置：北緯 { $lat }，東經 { $lng }（公開到約一百公尺）
case-waiting-release = 內容等專人審閱再公開；編號、社區和進展現在就能看。
case-held = 內容暫不公開。原因已經告訴反映人。
case-withheld = 按反映人的選擇，不公開內容。
case-story = 經過
case-clocks = 時限是怎麼算的
case-community = 社區
case-filed = 反映時間
case-departments = 已報到的部門
case-recurrence = 上一次
case-merged-into = 併到
case-merged-unseen = 另一件（沒有公開）
case-questions = 有疑問找
case-yours-title = 這是您反映的嗎？
case-yours-text = 用查詢碼打開，可以補充、撤回，辦完後說解決了沒有。
case-yours-button = 輸入查詢碼
case-join-title = 您也遇到了？
case-join-text = 點一下就行，不用再寫。您會有自己的查詢碼，各說各的結果。
case-again-title = 又出現了？
case-again-text = 再反映一次，會和這一件放在一起看。
case-again-button = 又出現了

track-title = 查進度
track-description = 輸入查詢碼，看您反映的事走到哪一步，補充、撤回，或者說解決了沒有。
track-intro = 看走到哪一步，回答問題，補充照片，說解決了沒有。
track-code = 查詢碼
track-code-hint = 回執上那 21 位數字，空格可有可無。別人有了它就能看到您反映的內容，別發給別人。
track-open = 看進度
track-number = 您要查的是 { $number }。出於保密，還要輸入查詢碼。
track-expired = 半小時沒有動過，已經退出。再輸一次查詢碼就行，什麼都沒有丟。
track-other = 這個瀏覽器現在打開的是另一件。再輸一次 { $number } 的查詢碼就行，什麼都沒有丟。
track-kept = 還沒有發出。您選的、寫的都在下面，看一遍，再點一次。
track-kept-text = 您寫的，還沒有發出
track-kept-photos = 您的照片，還沒有發出
track-photo-goes = 發送照片 { $n }
track-news = 這期間的變化
track-stray-title = 您寫的沒有發出
track-stray = 現在在這裡發不了；還要用，就先抄下來。
track-lost = 查詢碼丟了，公開的部分還能看：
track-more = 還可以做的
track-leave = 退出查詢

act-answer-title = 有個問題要問您
act-answer-label = 您的回答
act-answer-button = 回答
act-judge-title = 解決了沒有？
act-judge-hint = 部門說辦完了。到底解決了沒有，您說了算；不說就是沒表態，不算滿意。
act-judge-closed = 已經結束了。您的話照樣算數，隨時可以說。
act-said-fixed = 您說過：解決了。改了主意，隨時可以說。
act-said-not-fixed = 您說過：沒解決。現在解決了，就按這裡。
act-confirm = 解決了
act-dispute = 沒解決
act-dispute-label = 哪裡沒解決？現在是什麼情況？（審核後會公開，別寫姓名、電話）
act-dispute-button = 沒解決，請再辦
act-rate-title = 替這次辦理打個分數
act-rated-title = 您打了 { $stars } 分，要改就點開
act-rate-label = 辦得怎麼樣？
act-rate-why = 為什麼這樣評（可以不寫，不公開）
act-rate-button = 送出分數
stars-5 = 5 分，很滿意
stars-4 = 4 分，滿意
stars-3 = 3 分，一般
stars-2 = 2 分，不滿意
stars-1 = 1 分，很不滿意
act-urge-title = 已經超時，催一下
act-urge-hint = 催辦會記下來，也會計入這個單位的數字。
act-urge-button = 催辦
act-review-title = 覺得應該受理？
act-review-label = 為什麼應該受理
act-review-button = 申請複核
act-add-title = 補充情況或照片
act-add-label = 要補充什麼？
act-add-button = 補充
act-reopen-title = 沒有真正解決，要求重新辦
act-reopen-label = 現在是什麼情況？
act-reopen-button = 要求重新辦
act-visibility-title = 改誰能看到
act-visibility-button = 改
act-withdraw-title = 撤回
act-withdraw-hint = 撤回後就不再辦了，還會算在總數裡。撤回是您自己的決定，誰也不能要求您撤。
act-withdraw-label = 為什麼撤回？（可不填）
act-withdraw-button = 撤回這件反映

did-add = 收到了，已經放進經過裡。
did-withdraw = 已經撤回。
did-confirm = 記下了：您說解決了。
did-dispute = 記下了：您說沒解決。
did-rate = 記下了您打的分數。
did-urge = 已經催辦。
did-ask-review = 已經申請複核，由別的人來看。
did-reopen = 已經要求重新辦。
did-change-visibility = 已經改了誰能看到。

limit-days = { $n ->
   *[other] { $n } 天（每天按 24 小時算）
}
limit-service = { $n ->
   *[other] 上班時間 { $n } 分鐘
}
limit-service-hours = { $n ->
   *[other] 上班時間 { $n } 小時
}
limit-calendar-days = { $n ->
   *[other] { $n } 日
}
limit-working-days = { $n ->
   *[other] { $n } 個工作日
}
limit-calendar-days-close = { $n ->
   *[other] { $n } 日（到下班為止）
}
limit-working-days-close = { $n ->
   *[other] { $n } 個工作日（到下班為止）
}
limit-date = 約定的日期
explain-start = 從 { $start } 起算，期限是{ $limit }。
explain-first-day = 當天不算，{ $day }是第一天。
explain-skipped = 這些天不算：{ $days }。
explain-made-up = 這些週末要上班，算：{ $days }。
explain-last-day = 最後一天是{ $day }，到 24:00 為止。
explain-last-day-close = 最後一天是{ $day }，到下班為止。
explain-paused = 等反映人補充的 { $span } 不算。
explain-extended = 延期過一次；是否按時仍看原來的 { $due }。
explain-due = 所以到 { $due } 為止，到點就算超時。
explain-provisional = 那時的假日安排還沒有公布，可能還會變。
explain-took = 實際用了 { $gross }。
explain-took-net = 從頭到尾 { $gross }，去掉等待實際用了 { $net }。
explain-day = { $date }（{ $why }）
day-weekend = 週末
day-new-year = 元旦
day-spring-festival = 春節
day-tomb-sweeping = 清明節
day-labour = 勞動節
day-dragon-boat = 端午節
day-mid-autumn = 中秋節
day-national = 國慶節
day-holiday = 假日

cases-title = 大家反映的
cases-description = 全市公開的反映：在哪裡、哪一類、誰在辦、辦到哪一步。
cases-state = 進展
cases-any-state = 全部
cases-open = 還在辦
cases-ended = 已經結束
cases-any-community = 全部社區
cases-any-category = 全部類別
cases-filter = 篩選
cases-clear = 取消篩選
cases-total = { $n ->
    [0] 沒有符合的
   *[other] 共 { $n } 件
}
cases-more-than = 超過 { $n } 件
cases-lag = 搜尋比實際晚 { $span }，剛反映的可能還找不到。
cases-none-title = 沒有符合的反映
cases-none-text = 換個詞，少選一個條件，或者看全部。

communities-title = 社區
communities-description = 全市的社區：電話、聯勤工作站、網格，和大家反映的事。
communities-intro = 按社區名、舊村名、拼音或拼音字首找。
communities-search = 搜尋社區
communities-placeholder = 象崗、xianggang、xg……
communities-found = { $n ->
   *[other] 找到 { $n } 個
}
communities-all = 看全部
communities-none-title = 沒有找到
communities-none-text = 換舊村名或拼音試試。
community-formerly = 原 { $names }
community-office = 社區
community-station = 聯勤工作站
community-no-phone = 電話還沒有登記
community-unit = 治理單元
community-former-names = 舊名
community-pinyin = 拼音
community-code = 統計代碼
community-grids = 網格
community-grid-count = { $n ->
   *[other] { $n } 個
}

services-title = 辦事
services-description = 查要帶什麼、多久辦好、去哪裡辦、能不能在網上辦。
services-intro = 看要帶什麼、多久辦好，能網上辦的會寫明。
services-search = 搜尋事項
services-placeholder = 生育登記、高齡津貼、開店……
services-count = { $n ->
   *[other] { $n } 個事項
}
services-none-title = 沒有找到這個事項
services-none-text = 換個平常的說法試試，或者打 12345 問。
service-bring = 要帶什麼
service-bring-nothing = 什麼都不用帶，人來就行。
service-not-online = 這裡現在只能查，還不能在網上申請。
service-promised = 多久辦好
service-at-once = 當場辦好
service-statutory = 法定時限
service-no-limit = 法律沒有規定
service-fee = 收費
service-free = 不收費
service-where = 去哪裡辦
service-how = 怎麼辦
service-visits = 最多跑幾次
service-visit-count = { $n ->
    [0] 不用跑
   *[other] { $n } 次
}
service-department = 負責部門
service-kind = 事項類型
service-basis = 依據
service-permit = 行政許可
service-confirm = 行政確認
service-benefit = 行政給付
service-adjudicate = 行政裁決
service-reward = 行政獎勵
service-other = 其他行政權力
service-public = 公共服務
reach-community = 社區就能辦
reach-unit = 治理單元的便民服務中心
reach-city = 全市任何一個窗口
reach-cross-region = 外地也能辦
mode-online = 不用見面
mode-one-visit = 跑一次
mode-proxy = 可以代辦

# Errors. 抱歉 only where we failed; those keys begin with oops-.
trouble-status = 錯誤代碼 { $status }
trouble-call = 等不及就打電話：
trouble-400-title = 這個請求沒有看懂
trouble-400 = 可能是連結不完整。回到上一頁再試一次。
trouble-403-title = 這裡不能進
trouble-403 = 表單要從本站的頁面發出，或者這一頁不對您開放。回到首頁，從本站的連結再進一次。
trouble-404-title = 沒有這個頁面
trouble-404 = 可能網址抄錯了，或者這件事不公開。有查詢碼的，從「查進度」進。
trouble-403-desk-title = 不在您的職責範圍內
trouble-403-desk = 按您現在的任職，這一項不歸您看或辦。任職剛變過的，從工作臺重新進一次。
trouble-404-desk-title = 沒有這一項，或者不在您的職責範圍內
trouble-404-desk = 可能編號或網址抄錯了，也可能已經交給別的單位或同事。
trouble-desk-back = 回工作臺
trouble-405-title = 這裡不是這樣用的
trouble-405 = 從本站的頁面再進一次。
trouble-413-title = 太大了，收不下
trouble-413 = 照片換小一點的，或者分幾次發。回到上一頁，您寫的還在。
trouble-422-title = 現在不能這樣做
trouble-422 = 這件事的情況變了。回到上一頁看看最新的進展。
trouble-429-title = 點得太快了
trouble-429 = { $seconds ->
   *[other] 等 { $seconds } 秒再試，什麼都沒有丟。
}
trouble-500-title = 我們出錯了
oops-500 = 抱歉，是我們的問題，不是您的。再試一次；還不行就告訴我們這個編號：{ $incident }。
trouble-503-title = 現在太忙
oops-503 = 抱歉，暫時接不過來。過一分鐘再試，寫好的內容回到上一頁還在。
trouble-507-title = 沒有存好
oops-507 = 抱歉，儲存空間滿了，您寫的沒有存好。先把文字留著，過一會兒再發；很急就打電話。
looks-title = { $n ->
    [0] 誰看過、交給過誰：還沒有
   *[other] 誰看過、交給過誰：{ $n } 次
}
looks-intro = 工作人員每次看不公開的內容、照片或您的聯絡方式，都先記在這裡。交給過哪個單位，也寫在這裡。
looks-line-of-list = 在待辦裡看到了
looks-story = 看了內容
looks-photo = 看了照片
looks-contact = 看了聯絡方式
looks-print = 打開了列印用的頁面
looks-export = 用程式取走了內容
looks-passed = 交給了{ $to }
looks-passed-outside = 轉給了別的機關
looks-line = { $office }：{ $what }
looks-times = { $what }（{ $n } 次）
looks-office-gone = 已撤銷的職位
