home-title = 有事说一声，件件有回音。
home-description = { $city }居民的门户：反映问题、查进度、查办事指南，看大家反映的事办得怎么样。
home-search-label = 搜大家反映的问题
home-search-placeholder = 乱停车、路灯不亮、占道……
home-acts = 三件事
home-whistle = 反映问题（吹哨）
home-whistle-hint = 社区里的问题，拍张照告诉社区
home-services = 办事
home-services-hint = 看要带什么、多久办好，能网上办的就在网上办
home-track = 查进度
home-track-hint = 凭查询码，看走到哪一步
home-figures = 到现在为止
home-filed = 件反映
home-filed-since = 从 { $day } 算起
home-handled = 办完 { $handled } / { $filed }
home-open = { $open ->
   *[other] 还有 { $open } 件在办
}
home-linked = 有部门一起办 { $linked } / { $filed }
home-verdict = 反映人说解决了 { $solved } / { $said } 人
home-silent = { $silent ->
   *[other] { $silent } 人没表态，不算满意
}
home-results = 办完的里面：{ $results }。
home-limits = 期限已了结的 { $settled } 件里：按时 { $ontime }，超时 { $late }。另有 { $overdue } 件已经超时、还没办完。
home-result = { $what } { $cases }
home-untrue = 查过不属实
home-other-result = 其他结果
home-no-figures = 还没有数字：一件也没有反映过。
community-few-figures = 目前不到 { $fewest } 件。件数太少时，数字会指向具体的人，满 { $fewest } 件后再列出。
home-how = 这些数字怎么算的
home-latest = 大家最近反映的
home-all = 全部公开的反映
home-empty-title = 还没有人反映过
home-empty-text = 您可以是第一个。
home-find-community = 找我的社区
home-find-community-hint = 看社区电话、联勤工作站和邻居反映的事
