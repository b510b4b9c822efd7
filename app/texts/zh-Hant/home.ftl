home-title = 有事說一聲，件件有回音。
home-description = { $city }居民的門戶：反映問題、查進度、查辦事指南，看大家反映的事辦得怎麼樣。
home-search-label = 搜尋大家反映的問題
home-search-placeholder = 亂停車、路燈不亮、佔道……
home-acts = 三件事
home-whistle = 反映問題（吹哨）
home-whistle-hint = 社區裡的問題，拍張照告訴社區
home-services = 辦事
home-services-hint = 看要帶什麼、多久辦好，能網上辦的就在網上辦
home-track = 查進度
home-track-hint = 憑查詢碼，看走到哪一步
home-figures = 到現在為止
home-filed = 件反映
home-filed-since = 從 { $day } 算起
home-handled = 辦完 { $handled } / { $filed }
home-open = { $open ->
   *[other] 還有 { $open } 件在辦
}
home-linked = 有部門一起辦 { $linked } / { $filed }
home-verdict = 反映人說解決了 { $solved } / { $said } 人
home-silent = { $silent ->
   *[other] { $silent } 人沒表態，不算滿意
}
home-results = 辦完的裡面：{ $results }。
home-limits = 期限已了結的 { $settled } 件裡：按時 { $ontime }，超時 { $late }。另有 { $overdue } 件已經超時、還沒辦完。
home-result = { $what } { $cases }
home-untrue = 查過不屬實
home-other-result = 其他結果
home-no-figures = 還沒有數字：一件也沒有反映過。
community-few-figures = 目前不到 { $fewest } 件。件數太少時，數字會指向具體的人，滿 { $fewest } 件後再列出。
home-how = 這些數字怎麼算的
home-latest = 大家最近反映的
home-all = 全部公開的反映
home-empty-title = 還沒有人反映過
home-empty-text = 您可以是第一個。
home-find-community = 找我的社區
home-find-community-hint = 看社區電話、聯勤工作站和鄰居反映的事
