# What a search engine or a chat shows of a page.
meta-case = { $number }：{ $category }，{ $community }。{ $state }。
meta-community = { $name }的电话、联勤工作站，和大家反映的事。
meta-privacy = 我们记什么、谁能看到、留多久，查询码和 Cookie 怎么用。
meta-contact = 紧急电话、政务热线，社区电话在哪里找，网站出错了告诉谁。
meta-card-alt = 回音：有事说一声，件件有回音。
meta-labelled = { $label }。{ $text }

# The portal only shows.
trouble-maintenance-title = 正在维护
trouble-maintenance = 现在只能看，不能发。过几分钟再试；着急就打电话。
