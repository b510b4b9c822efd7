# /whistle and its receipt. Labels are questions, hints say why, errors say what to do.
whistle-title = 告訴社區發生了什麼
whistle-title-with-errors = { $errors }：{ $title }
whistle-description = 社區裡的問題，說一聲，拍張照，社區來辦。不用註冊，不用留名字。
whistle-intro = 不用註冊，大約一分鐘。不留姓名也受理，一樣快。
whistle-again = 這是「{ $number } 又出現了」的反映，會和上次的放在一起看。
whistle-12345 = 和 12345 有什麼不同：12345 管全市所有的事，要人轉；這裡直接到您的社區。同一件事只報一處就行。

whistle-danger = 現在有沒有人受傷、起火或正有危險？
whistle-danger-hint = 有的話現在就打電話，別等這裡回覆。
whistle-danger-no = 沒有危險
whistle-danger-yes = 有危險
whistle-danger-now = 現在就打電話，別等這裡回覆
whistle-danger-after = 這裡的反映不是報警，沒有人盯著等。沒有人有危險了，再選「沒有危險」繼續。

whistle-category = 是哪一類問題？
whistle-category-hint = 用平常的話搜尋，比如「佔道」「路燈」，或者點開一類找。不確定就選最接近的，選錯了我們會改。
whistle-category-search = 搜尋類別
whistle-category-find = 找類別
whistle-category-found = { $n ->
    [0] 沒有找到「{ $words }」，點開下面的類別找找看
   *[other] 像是這 { $n } 類裡的一類
}
whistle-category-other = 都不合適？
whistle-category-why = 因為您寫了「{ $word }」
whistle-category-chosen = 已選：{ $name }
whistle-help-lines = 這類事也可以直接打這些電話，有人接

whistle-what = 發生了什麼？
whistle-what-hint = 看到什麼、多久了、影響誰。別寫別人的姓名、電話、車牌：公開後大家都看得到。
whistle-what-limit = 最少 { $least } 個字，最多 { $most } 個字
whistle-what-left = 還能寫 # 個字
whistle-what-over = 超過 # 個字，刪短一點

whistle-community = 在哪個社區？
whistle-community-hint = 寫社區名、舊村名或拼音，也可以寫路名。不確定就寫離得最近的那個。
whistle-community-find = 找社區
whistle-community-matches = 是下面哪一個？
whistle-community-none = 沒有找到「{ $words }」。換舊村名或拼音試試，或者到「社區」頁裡看全部。
whistle-community-typed = 都不是，按我寫的找

whistle-place = 具體在哪裡？
whistle-place-hint = 路口、門牌、店名、電線桿編號都行，讓人一下子找得到。
whistle-position = 我知道經緯度（不填也可以）
whistle-position-hint = 手機地圖裡能複製。公開時只顯示到大約一百公尺。
whistle-lat = 緯度
whistle-lng = 經度
whistle-accuracy = 誤差（公尺）

whistle-photos = 照片
whistle-photos-hint = 最多 { $most } 張，一次可以選幾張。拍攝時間、地點等隱藏資料會先去掉；別拍到人臉和車牌。
whistle-photos-add = 先看看照片
whistle-photo-remove = 去掉照片 { $n }
whistle-photo-staged = 照片 { $n }，還沒有發出

whistle-visibility = 誰能看到？
whistle-visibility-hint = 不選就按這類問題的慣例：噪音、樓梯間、鄰里、困難、健康這些預設不公開。以後只有您能改得更公開。
whistle-visibility-public-hint = 大家能看到問題、地點、照片和進展，看不到您是誰。內容先由專人看過再公開。
whistle-visibility-without-detail-hint = 大家只看到編號、類別、社區和進展，看不到您寫的話、地點和照片。
whistle-visibility-private-hint = 只有社區和經辦部門能看到；誰看過都會記下來。
whistle-visibility-usual = 這類問題的慣例
whistle-preview = 看看公眾會看到什麼
whistle-preview-title = 公眾會看到
whistle-preview-private = 什麼也看不到。這件事只有您、社區和經辦部門知道。
whistle-preview-now = 馬上能看到的
whistle-preview-later = 專人看過以後才能看到的
whistle-preview-never = 您的姓名和聯絡方式在任何時候都不公開。

whistle-contact = 要不要留聯絡方式？
whistle-contact-hint = 可以不留，一樣受理、一樣快。不留的話，經辦人沒有辦法回訪您。
whistle-name = 怎麼稱呼您？（可不填）
whistle-phone = 手機或電話（可不填）
whistle-email = 電子信箱（可不填）
whistle-may-call = 可以打電話給我
whistle-may-call-hint = 只有正在辦這件事的人能看到號碼；每看一次都會記下來。

whistle-officer-title = 寫起來不方便？
whistle-officer-hint = 留個電話，讓網格員打給您，替您填。
whistle-officer-button = 讓網格員幫我填
whistle-officer-page = 讓網格員幫您填
whistle-officer-intro = 網格員會在上班時間打給您，問清楚再替您填好。查詢碼給您，不給網格員。
whistle-officer-phone = 打哪個電話找您？
whistle-officer-what = 大概是什麼事？（可不填）
whistle-officer-words = 請網格員給我打電話，幫我填寫。
whistle-officer-send = 讓網格員打給我
whistle-officer-back = 還是我自己填
whistle-office-title = 想直接打電話？
whistle-office-line = { $office }：{ $phone }
whistle-office-unknown = 選了社區以後，這裡會有社區的電話。現在可以打 { $phone }。

whistle-duplicates-title = { $n ->
   *[other] 附近有 { $n } 件像是同一個問題
}
whistle-duplicates-hint = 是同一個的話，點「我也遇到」，您有自己的查詢碼，不用再填。不是就接著填。
whistle-duplicates-none = 附近最近沒有同樣的反映，接著填就行。
whistle-me-too = 我也遇到這個
whistle-check-duplicates = 看看有沒有人反映過

whistle-wait-title = 現在反映的人很多
whistle-wait-text = { $seconds ->
   *[other] 您寫的都還在。等 { $seconds } 秒，再點一次「發給社區」。
}
whistle-wait-join = { $seconds ->
   *[other] 您寫的都還在。等 { $seconds } 秒，再點一次「我也遇到這個」。
}
whistle-busy-title = 沒有存好，再點一次
oops-whistle-busy = 沒有存好，抱歉。您寫的都還在，再點一次就行。
unkept-closed-title = 現在暫時不能發
unkept-closed = 系統正在維護，目前只能看。您寫的會留在這一頁，過一會兒再點一次；很急就打電話。
oops-unkept-full = 抱歉，儲存空間滿了，沒有存好。您寫的都還在，過一會兒再點一次；很急就打電話。
oops-unkept-broken = 抱歉，是我們的問題，不是您的，沒有存好。您寫的都還在，再點一次；還不行就告訴我們這個編號：{ $incident }。
unkept-no-joining-title = 這一件現在不能跟著一起辦了
unkept-no-joining = 它剛剛有了變化。您寫的都還在，可以自己發一件。
unkept-again-title = 找不到以前那一件了
unkept-again = 以前那一件現在查不到，所以不寫「又出現了」。您寫的都還在，再點一次，就當新的一件發出去。
unkept-sent-title = 這份表單已經發過一次
unkept-sent = 先發的那一件已經收到，不會變。您現在寫的都還在，再點一次，就當另一件發出去。
whistle-send = 發給社區
whistle-send-note = 發出後會給您一個查詢碼，只顯示一次。{ $contact ->
    [0] 丟了補不了，請截圖或抄下來。您沒有留聯絡方式，經辦人沒有辦法回訪您。
   *[other] 請截圖或抄下來。
}

receipt-title = 已經送到{ $community }
receipt-number = 編號
receipt-code = 這是您的查詢碼，只顯示一次，截圖留好
receipt-code-hint = 憑它查進度、補充、撤回、說解決了沒有。別發給別人。
receipt-lost-contact = 丟了，到「查進度」看看能不能憑手機或電子信箱補發；最好現在就截圖或抄下來。憑編號能看公開的部分。
receipt-lost-none = 丟了補不了，請截圖或抄下來。憑編號能看公開的部分。
receipt-filed = 送達時間
receipt-category = 類別
receipt-next = 下一步
receipt-hash = 記錄指紋
receipt-hash-hint = 以後可以拿它核驗這條記錄有沒有被改過。
receipt-who = 誰在辦
receipt-follow = 現在就去看進度
receipt-home = 回到首頁
receipt-gone-title = 查詢碼已經收起來了
receipt-gone-text = 查詢碼只顯示一次，過了 15 分鐘或關掉瀏覽器就看不到了。用截圖裡的查詢碼查進度。
