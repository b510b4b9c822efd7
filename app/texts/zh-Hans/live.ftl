# What a page of a case says when something happens while it stands open.
live-news = 有新进展：{ $what }
live-changed = 这一页的内容有变动，已经更新。
live-keep = 您写的还在，不会丢。先看看新进展，再发也不迟。
live-again = 看看现在能做什么
