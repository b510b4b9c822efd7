# /whistle and its receipt. Labels are questions, hints say why, errors say what to do.
whistle-title = 告诉社区发生了什么
whistle-title-with-errors = { $errors }：{ $title }
whistle-description = 社区里的问题，说一声，拍张照，社区来办。不用注册，不用留名字。
whistle-intro = 不用注册，大约一分钟。不留姓名也受理，一样快。
whistle-again = 这是“{ $number } 又出现了”的反映，会和上次的放在一起看。
whistle-12345 = 和 12345 有什么不同：12345 管全市所有的事，要人转；这里直接到您的社区。同一件事只报一处就行。

whistle-danger = 现在有没有人受伤、起火或正有危险？
whistle-danger-hint = 有的话现在就打电话，别等这里回复。
whistle-danger-no = 没有危险
whistle-danger-yes = 有危险
whistle-danger-now = 现在就打电话，别等这里回复
whistle-danger-after = 这里的反映不是报警，没有人盯着等。没有人有危险了，再选“没有危险”继续。

whistle-category = 是哪一类问题？
whistle-category-hint = 用平常的话搜，比如“占道”“路灯”，或者点开一类找。拿不准就选最接近的，选错了我们会改。
whistle-category-search = 搜类别
whistle-category-find = 找类别
whistle-category-found = { $n ->
    [0] 没有找到“{ $words }”，点开下面的类别找找看
   *[other] 像是这 { $n } 类里的一类
}
whistle-category-other = 都不合适？
whistle-category-why = 因为您写了“{ $word }”
whistle-category-chosen = 已选：{ $name }
whistle-help-lines = 这类事也可以直接打这些电话，有人接

whistle-what = 发生了什么？
whistle-what-hint = 看到什么、多久了、影响谁。别写别人的姓名、电话、车牌：公开后大家都看得到。
whistle-what-limit = 最少 { $least } 个字，最多 { $most } 个字
whistle-what-left = 还能写 # 个字
whistle-what-over = 超过 # 个字，删短一点

whistle-community = 在哪个社区？
whistle-community-hint = 写社区名、旧村名或拼音，也可以写路名。拿不准就写离得最近的那个。
whistle-community-find = 找社区
whistle-community-matches = 是下面哪一个？
whistle-community-none = 没有找到“{ $words }”。换旧村名或拼音试试，或者到“社区”页里看全部。
whistle-community-typed = 都不是，按我写的找

whistle-place = 具体在哪里？
whistle-place-hint = 路口、门牌、店名、电线杆号都行，让人一下子找得到。
whistle-position = 我知道经纬度（不填也可以）
whistle-position-hint = 手机地图里能复制。公开时只显示到大约一百米。
whistle-lat = 纬度
whistle-lng = 经度
whistle-accuracy = 误差（米）

whistle-photos = 照片
whistle-photos-hint = 最多 { $most } 张，一次可以选几张。拍摄时间、地点等隐藏信息会先去掉；别拍到人脸和车牌。
whistle-photos-add = 先看看照片
whistle-photo-remove = 去掉照片 { $n }
whistle-photo-staged = 照片 { $n }，还没有发出

whistle-visibility = 谁能看到？
whistle-visibility-hint = 不选就按这类问题的惯例：噪音、楼道、邻里、困难、健康这些默认不公开。以后只有您能改得更公开。
whistle-visibility-public-hint = 大家能看到问题、地点、照片和进展，看不到您是谁。内容先由专人看过再公开。
whistle-visibility-without-detail-hint = 大家只看到编号、类别、社区和进展，看不到您写的话、地点和照片。
whistle-visibility-private-hint = 只有社区和经办部门能看到；谁看过都会记下来。
whistle-visibility-usual = 这类问题的惯例
whistle-preview = 看看公众会看到什么
whistle-preview-title = 公众会看到
whistle-preview-private = 什么也看不到。这件事只有您、社区和经办部门知道。
whistle-preview-now = 马上能看到的
whistle-preview-later = 专人看过以后才能看到的
whistle-preview-never = 您的姓名和联系方式在任何时候都不公开。

whistle-contact = 要不要留联系方式？
whistle-contact-hint = 可以不留，一样受理、一样快。不留的话，经办人没有办法回访您。
whistle-name = 怎么称呼您？（可不填）
whistle-phone = 手机或电话（可不填）
whistle-email = 电子邮箱（可不填）
whistle-may-call = 可以打电话给我
whistle-may-call-hint = 只有正在办这件事的人能看到号码；每看一次都会记下来。

whistle-officer-title = 写起来不方便？
whistle-officer-hint = 留个电话，让网格员打给您，替您填。
whistle-officer-button = 让网格员帮我填
whistle-officer-page = 让网格员帮您填
whistle-officer-intro = 网格员会在上班时间打给您，问清楚再替您填好。查询码给您，不给网格员。
whistle-officer-phone = 打哪个电话找您？
whistle-officer-what = 大概是什么事？（可不填）
whistle-officer-words = 请网格员给我打电话，帮我填写。
whistle-officer-send = 让网格员打给我
whistle-officer-back = 还是我自己填
whistle-office-title = 想直接打电话？
whistle-office-line = { $office }：{ $phone }
whistle-office-unknown = 选了社区以后，这里会有社区的电话。现在可以打 { $phone }。

whistle-duplicates-title = { $n ->
   *[other] 附近有 { $n } 件像是同一个问题
}
whistle-duplicates-hint = 是同一个的话，点“我也遇到”，您有自己的查询码，不用再填。不是就接着填。
whistle-duplicates-none = 附近最近没有同样的反映，接着填就行。
whistle-me-too = 我也遇到这个
whistle-check-duplicates = 看看有没有人反映过

whistle-wait-title = 现在反映的人很多
whistle-wait-text = { $seconds ->
   *[other] 您写的都还在。等 { $seconds } 秒，再点一次“发给社区”。
}
whistle-wait-join = { $seconds ->
   *[other] 您写的都还在。等 { $seconds } 秒，再点一次“我也遇到这个”。
}
whistle-busy-title = 没存上，再点一次
oops-whistle-busy = 没存上，抱歉。您写的都还在，再点一次就行。
unkept-closed-title = 现在暂时不能发
unkept-closed = 系统正在维护，这会儿只能看。您写的会留在这一页，过一会儿再点一次；着急就打电话。
oops-unkept-full = 抱歉，存储满了，没有存上。您写的都还在，过一会儿再点一次；着急就打电话。
oops-unkept-broken = 抱歉，是我们的问题，不是您的，没有存上。您写的都还在，再点一次；还不行就告诉我们这个编号：{ $incident }。
unkept-no-joining-title = 这一件现在不能跟着一起办了
unkept-no-joining = 它刚刚有了变化。您写的都还在，可以自己发一件。
unkept-again-title = 找不到以前那一件了
unkept-again = 以前那一件现在查不到，所以不写“又出现了”。您写的都还在，再点一次，就当新的一件发出去。
unkept-sent-title = 这张表已经发过一次
unkept-sent = 先发的那一件已经收到，不会变。您现在写的都还在，再点一次，就当另一件发出去。
whistle-send = 发给社区
whistle-send-note = 发出后会给您一个查询码，只显示一次。{ $contact ->
    [0] 丢了补不了，请截图或抄下来。您没有留联系方式，经办人没有办法回访您。
   *[other] 请截图或抄下来。
}

receipt-title = 已经送到{ $community }
receipt-number = 编号
receipt-code = 这是您的查询码，只显示一次，截图留好
receipt-code-hint = 凭它查进度、补充、撤回、说解决了没有。别发给别人。
receipt-lost-contact = 丢了，到“查进度”看看能不能凭手机或邮箱补发；最好现在就截图或抄下来。凭编号能看公开的部分。
receipt-lost-none = 丢了补不了，请截图或抄下来。凭编号能看公开的部分。
receipt-filed = 送达时间
receipt-category = 类别
receipt-next = 下一步
receipt-hash = 记录指纹
receipt-hash-hint = 以后可以拿它核验这条记录有没有被改过。
receipt-who = 谁在办
receipt-follow = 现在就去看进度
receipt-home = 回到首页
receipt-gone-title = 查询码已经收起来了
receipt-gone-text = 查询码只显示一次，过了 15 分钟或关掉浏览器就看不到了。用截图里的查询码查进度。
