# Words of the shell and of every page. 请 only for a favour; never in labels, buttons or errors.
-site = 回音
site-name = { -site }
site-subtitle = { $city }市民门户
skip-to-content = 跳到正文
demo-label = 演示系统，不是政府网站。这里写的没有人受理；急事打 110，其他事打 12345。
demo-short = 演示系统，不是政府网站
nav-label = 主导航
nav-whistle = 反映问题
nav-track = 查进度
nav-services = 办事
nav-cases = 大家反映的
nav-communities = 社区
size-larger = 大字版
size-normal = 标准字
scheme-label = 颜色
scheme-auto = 颜色随设备
scheme-light = 浅色
scheme-dark = 深色
footer-phones = 打电话更快的时候
footer-accessibility = 无障碍声明
footer-privacy = 隐私
footer-metrics = 数字怎么算的
footer-data = 开放数据
footer-ledger = 记录核验
footer-contact = 联系
breadcrumb-label = 所在位置
pages-label = 翻页
pages-first = 回到第一页
pages-next = 下一页
search-button = 搜索
photo-alt = 照片 { $n }
photo-of-report = 反映时
photo-of-before = 办之前
photo-of-after = 办好以后
photo-covered = 公开的遮过或裁过
photo-withheld = 不公开
print-address = 网址：{ $address }

span-under-a-minute = 不到 1 分钟
span-minutes = { $n ->
   *[other] { $n } 分钟
}
span-hours = { $n ->
   *[other] { $n } 小时
}
span-days = { $n ->
   *[other] { $n } 天
}

# What to do about a mistake in a form.
error-title = { $n ->
    [1] 还差一处
   *[other] 还差 { $n } 处
}
error-danger = 选一下：现在有没有人有危险
error-danger-now = 有危险先打电话；没有人有危险了，再选“没有”
error-category = 选一类最接近的
error-category-danger = 这一类是正在发生的危险，打电话，别在这里等
error-community = 写下是哪个社区，或从列表里选
error-community-unknown = 没有找到这个社区，从列表里选一个
error-community-ambiguous = 有几个社区对得上，选其中一个
error-visibility = 选一下谁能看到
error-must-be-private = 这一类只能不公开，保护当事人
error-position = 经纬度要用数字，比如 27.579 和 120.553；不确定就空着
error-description = 写下发生了什么
error-text = 写下要补充的话
error-place = 写下问题在哪里，比如“人民路与城南路口”
error-phone-missing = 留一个电话，网格员才能打给您
error-phone = 看看电话号码对不对，比如 13800000000 或 0577-00000000
error-email = 看看邮箱对不对，比如 name@example.com
error-code = 输入回执上的查询码
error-code-mistyped = 查询码里有一位数字不对，对照截图再看一遍
error-code-not-found = 没有找到这个查询码，对照截图再看一遍
error-code-malformed = 查询码是 21 位数字，中间的空格可有可无
error-too-short = 再写具体一点，至少 { $least } 个字
error-too-long = 最多写 { $most } 字，删短一点
error-control = 里面有无法保存的字符，删掉再发
error-photos-too-many = 最多 { $most } 张照片，去掉几张
error-photo-too-big = 照片不能超过 { $most } MB，换一张小一点的
error-photo-unreadable = 这个文件读不出来，换一张 JPEG、PNG 或 WebP 照片
error-photo-no-room = 现在收不下照片，先发文字，以后凭查询码补照片
error-photo-gone = 有一张照片已经过期，再选一次
error-photo-not-kept = 这里没有显示的照片没有存上，再选一次
error-unreadable = 这一项没有看懂，重新填一下
error-moved = 这件事刚刚有了变化，看一遍下面的经过再决定

# Why what somebody did to a case was not taken, and what to do instead.
refused-not-done = 还没有办完，现在没有结果可说；有新情况就补充，超时了就催办
refused-done = 部门已经说办完了；没办好就选“没解决”，有新情况就补充
refused-rejected = 这件事没有受理；觉得应该受理，可以申请一次复核
refused-merged = 这件事已经并到另一件一起办，进展看那一件
refused-transferred = 这件事已经转给别的单位；经过里写了是哪个单位，要问、要补充就找它
refused-closed = 这件事已经结束；问题还在，就要求重新办，或者再反映一次
refused-withdrawn = 这件事已经撤回，不再办；还要办就再反映一次
refused-unfit-text = 写得太长，或者里面有看不见的符号。写短一点，或者重新打一遍
refused-already-done = 已经是这样了，不用再做一次；改了主意就选另一个
refused-nobody-to-judge = 这件事是工作人员报的，由核查的人判断；您那里还没好，就自己反映一次
refused-not-a-rating = 从 1 到 5 分里选一个
refused-too-late = 可以要求重新办的 { $days } 天已经过了；问题还在，就再反映一次
refused-too-early = 还没到时候；时间到了会自动往下走，什么都不用做
refused-only-once = 这一步只能做一次，您的已经记下了；还有疑问就找页面上写的单位
refused-not-overdue = 还没有超时，先等一等；过了时限还没办，再来催办
refused-not-waiting = 现在没有问题等您回答；有新情况，用“补充情况或照片”
refused-not-the-same = 不是同一个社区的同一类问题，不能并到一起，各办各的
refused-others-go-on = 别人的反映并到这一件里一起办，撤回了他们的也没人办；要撤回，先找页面上写的单位把它们分开
refused-unknown = 没有找到这个类别、社区或单位，从列表里再选一次
refused-always-private = 这一类一律不公开，不能跟着别人的一起办；您也遇到了，就自己反映
