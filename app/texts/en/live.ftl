# What a page of a case says when something happens while it stands open.
live-news = New: { $what }
live-changed = Something on this page has changed; you are seeing the latest.
live-keep = What you wrote is still here. Have a look at what is new before you send it.
live-again = See what you can do now
