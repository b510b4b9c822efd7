# Letters to residents (SMS, WeChat, mail): short, and never what a case is about.
letter-head = 【{ $city }回音】
letter-subject = 您反映的 { $number } 有消息
letter-news = 您反映的 { $number }：{ $what }。用查詢碼看：{ $base }/track?number={ $number }
letter-accepted = 社區已經受理
letter-called = 社區已經請部門來辦
letter-asked = 有個問題要問您，7 天內回答，不回答就按現有情況辦
letter-resolved = 部門說辦完了，您來說解決了沒有
letter-rejected = 沒有受理，理由在裡面，可以要求複核一次
letter-parked = 列入了計畫，什麼時候辦寫在裡面
letter-transferred = 轉給了有權辦的單位，是誰、最遲哪天答覆，寫在裡面
letter-answer-relayed = 轉去的單位答覆了，寫在裡面
letter-reopened = 重新辦理了
letter-more-time = 要多辦一些時間，到哪天寫在裡面
letter-answered = 您打的分有了回應
letter-merged = 有人反映過同一件事，兩件一起辦
letter-receipt = 社區替您上報了 { $number }。查詢碼只發給您：{ $code }。用它看進展、說解決了沒有：{ $base }/track?number={ $number }
letter-one-time = 找回 { $number } 的查詢碼，一次性驗證碼是 { $code }，30 分鐘內有效。不是您要的，就不用理它。
letter-demo = （示範，不是政府簡訊）

# 發給單位的提醒（工作群組、值班電話）：幾件、哪幾件，不寫內容。
office-notice = { $office }：{ $what }。打開工作臺：{ $base }/desk
office-filed = 新反映 { $count } 件{ $which }
office-called = 請您單位報到 { $count } 件{ $which }
office-return-asked = 待裁定退單 { $count } 件{ $which }
office-soon = 快到時限 { $count } 件{ $which }
office-late = 已超時 { $count } 件{ $which }
office-urged = 反映人催辦 { $count } 件{ $which }
office-supervised = 督辦待答覆 { $count } 件{ $which }
office-reopened = 要重辦 { $count } 件{ $which }
office-came-up = 升級到您這裡 { $count } 件{ $which }
office-to-decide = 等您單位決定 { $count } 件{ $which }
office-rated-low = 評分低要答覆 { $count } 件{ $which }
office-direct-line = 社區書記直報 { $count } 件{ $which }
office-date-over = 約定的日子已過 { $count } 件{ $which }
office-which = { $more ->
    [0] （{ $numbers }）
   *[other] （{ $numbers } 等）
}
office-join = ；
office-and = 、

letterbox-title = 示範收件匣
letterbox-intro = 示範裡發給居民的簡訊和郵件都在這裡，誰都能看；真的系統裡只發到本人手機或電子信箱。
letterbox-empty = 還沒有信。上報時留一個編的手機號，過幾秒再來看。
letterbox-to = 發給 { $to }
footer-letterbox = 示範收件匣

lost-title = 查詢碼丟了
lost-intro = 寫下編號，和反映時留的手機號或電子信箱。對得上，就往那裡發一個一次性驗證碼。
lost-number = 編號
lost-address = 留過的手機號或電子信箱
lost-ask = 發驗證碼
lost-sent = 如果編號和聯絡方式對得上，驗證碼已經發出，30 分鐘內有效。
lost-code = 收到的驗證碼（8 位數字）
lost-button = 換一個新的查詢碼
lost-hint = 換了以後，舊的查詢碼就打不開了。
lost-wrong = 驗證碼不對、過期了，或者試的次數太多；重新發一個
lost-number-wrong = 編號像 261130-123456-7，在回執上
lost-address-missing = 寫下反映時留的手機號或電子信箱
lost-none = 反映時沒有留手機號和電子信箱的，查詢碼找不回來，可以再反映一次。
lost-link = 查詢碼丟了？
file-reach = 替居民上報，要留一個能收到查詢碼的手機號或電子信箱
