# Words of the shell and of every page. 请 only for a favour; never in labels, buttons or errors.
-site = 回音
site-name = { -site }
site-subtitle = { $city }市民門戶
skip-to-content = 跳到正文
demo-label = 示範系統，不是政府網站。這裡寫的沒有人受理；急事打 110，其他事打 12345。
demo-short = 示範系統，不是政府網站
nav-label = 主導航
nav-whistle = 反映問題
nav-track = 查進度
nav-services = 辦事
nav-cases = 大家反映的
nav-communities = 社區
size-larger = 大字版
size-normal = 標準字
scheme-label = 顏色
scheme-auto = 顏色隨裝置
scheme-light = 淺色
scheme-dark = 深色
footer-phones = 打電話更快的時候
footer-accessibility = 無障礙聲明
footer-privacy = 隱私
footer-metrics = 數字怎麼算的
footer-data = 開放資料
footer-ledger = 記錄核驗
footer-contact = 聯絡
breadcrumb-label = 所在位置
pages-label = 翻頁
pages-first = 回到第一頁
pages-next = 下一頁
search-button = 搜尋
photo-alt = 照片 { $n }
photo-of-report = 反映時
photo-of-before = 辦之前
photo-of-after = 辦好以後
photo-covered = 公開的遮過或裁過
photo-withheld = 不公開
print-address = 網址：{ $address }

span-under-a-minute = 不到 1 分鐘
span-minutes = { $n ->
   *[other] { $n } 分鐘
}
span-hours = { $n ->
   *[other] { $n } 小時
}
span-days = { $n ->
   *[other] { $n } 天
}

# What to do about a mistake in a form.
error-title = { $n ->
    [1] 還差一處
   *[other] 還差 { $n } 處
}
error-danger = 選一下：現在有沒有人有危險
error-danger-now = 有危險先打電話；沒有人有危險了，再選「沒有」
error-category = 選一類最接近的
error-category-danger = 這一類是正在發生的危險，打電話，別在這裡等
error-community = 寫下是哪個社區，或從列表裡選
error-community-unknown = 沒有找到這個社區，從列表裡選一個
error-community-ambiguous = 有幾個社區對得上，選其中一個
error-visibility = 選一下誰能看到
error-must-be-private = 這一類只能不公開，保護當事人
error-position = 經緯度要用數字，比如 27.579 和 120.553；不確定就空著
error-description = 寫下發生了什麼
error-text = 寫下要補充的話
error-place = 寫下問題在哪裡，比如「人民路與城南路口」
error-phone-missing = 留一個電話，網格員才能打給您
error-phone = 看看電話號碼對不對，比如 13800000000 或 0577-00000000
error-email = 看看電子信箱對不對，比如 name@example.com
error-code = 輸入回執上的查詢碼
error-code-mistyped = 查詢碼裡有一位數字不對，對照截圖再看一遍
error-code-not-found = 沒有找到這個查詢碼，對照截圖再看一遍
error-code-malformed = 查詢碼是 21 位數字，中間的空格可有可無
error-too-short = 再寫具體一點，至少 { $least } 個字
error-too-long = 最多寫 { $most } 字，刪短一點
error-control = 裡面有無法儲存的字元，刪掉再發
error-photos-too-many = 最多 { $most } 張照片，去掉幾張
error-photo-too-big = 照片不能超過 { $most } MB，換一張小一點的
error-photo-unreadable = 這個檔案讀不出來，換一張 JPEG、PNG 或 WebP 照片
error-photo-no-room = 現在收不下照片，先發文字，之後憑查詢碼補照片
error-photo-gone = 有一張照片已經過期，再選一次
error-photo-not-kept = 這裡沒有顯示的照片沒有存好，再選一次
error-unreadable = 這一項沒有看懂，重新填一下
error-moved = 這件事剛剛有了變化，看一遍下面的經過再決定

# Why what somebody did to a case was not taken, and what to do instead.
refused-not-done = 還沒有辦完，現在沒有結果可說；有新情況就補充，超時了就催辦
refused-done = 部門已經說辦完了；沒辦好就選「沒解決」，有新情況就補充
refused-rejected = 這件事沒有受理；覺得應該受理，可以申請一次複核
refused-merged = 這件事已經併到另一件一起辦，進展看那一件
refused-transferred = 這件事已經轉給別的單位；經過裡寫了是哪個單位，要問、要補充就找它
refused-closed = 這件事已經結束；問題還在，就要求重新辦，或者再反映一次
refused-withdrawn = 這件事已經撤回，不再辦；還要辦就再反映一次
refused-unfit-text = 寫得太長，或者裡面有看不見的符號。寫短一點，或者重新打一遍
refused-already-done = 已經是這樣了，不用再做一次；改了主意就選另一個
refused-nobody-to-judge = 這件事是工作人員報的，由核查的人判斷；您那裡還沒好，就自己反映一次
refused-not-a-rating = 從 1 到 5 分裡選一個
refused-too-late = 可以要求重新辦的 { $days } 天已經過了；問題還在，就再反映一次
refused-too-early = 還沒到時候；時間到了會自動往下走，什麼都不用做
refused-only-once = 這一步只能做一次，您的已經記下了；還有疑問就找頁面上寫的單位
refused-not-overdue = 還沒有超時，先等一等；過了時限還沒辦，再來催辦
refused-not-waiting = 現在沒有問題等您回答；有新情況，用「補充情況或照片」
refused-not-the-same = 不是同一個社區的同一類問題，不能併到一起，各辦各的
refused-others-go-on = 別人的反映併到這一件裡一起辦，撤回了他們的也沒人辦；要撤回，先找頁面上寫的單位把它們分開
refused-unknown = 沒有找到這個類別、社區或單位，從列表裡再選一次
refused-always-private = 這一類一律不公開，不能跟著別人的一起辦；您也遇到了，就自己反映
