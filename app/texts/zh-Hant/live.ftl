# What a page of a case says when something happens while it stands open.
live-news = 有新進展：{ $what }
live-changed = 這一頁的內容有變動，已經更新。
live-keep = 您寫的還在，不會遺失。先看看新進展，再送出也不遲。
live-again = 看看現在能做什麼
