# What a search engine or a chat shows of a page.
meta-case = { $number }：{ $category }，{ $community }。{ $state }。
meta-community = { $name }的電話、聯勤工作站，和大家反映的事。
meta-privacy = 我們記什麼、誰能看到、留多久，查詢碼和 Cookie 怎麼用。
meta-contact = 緊急電話、政務熱線，社區電話在哪裡找，網站出錯了告訴誰。
meta-card-alt = 回音：有事說一聲，件件有回音。
meta-labelled = { $label }。{ $text }

# The portal only shows.
trouble-maintenance-title = 正在維護
trouble-maintenance = 現在只能看，不能發。過幾分鐘再試；很急就打電話。
