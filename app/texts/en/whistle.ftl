# /whistle and its receipt.
whistle-title = Tell your community what happened
whistle-title-with-errors = { $errors }: { $title }
whistle-description = Tell your community about a problem, with a photo. No account and no name needed.
whistle-intro = No account needed; it takes about a minute. Reports without a name are accepted too, and just as fast.
whistle-again = You are reporting that { $number } has come back; the two will be looked at together.
whistle-12345 = How this differs from 12345: the hotline takes everything in the city and passes it on; this goes straight to your community. Report it in one place only.

whistle-danger = Is anybody hurt, is something on fire, or is anybody in danger right now?
whistle-danger-hint = If so, call now. Do not wait for a reply here.
whistle-danger-no = Nobody is in danger
whistle-danger-yes = There is danger
whistle-danger-now = Call now. Do not wait for a reply here
whistle-danger-after = A report here is not an emergency call; nobody is waiting for it. Once nobody is in danger any more, choose “Nobody is in danger” to go on.

whistle-category = What kind of problem is it?
whistle-category-hint = Search in everyday words such as “parking” or “street light”, or open a group below. If you are not sure, choose the closest; we will correct it.
whistle-category-search = Search the categories
whistle-category-find = Find a category
whistle-category-found = { $n ->
    [0] Nothing found for “{ $words }”. Look in the groups below
    [one] This looks like it
   *[other] It may be one of these { $n }
}
whistle-category-other = None of these fits?
whistle-category-why = because you wrote “{ $word }”
whistle-category-chosen = Chosen: { $name }
whistle-help-lines = You can also call these numbers; somebody will answer

whistle-what = What happened?
whistle-what-hint = What you see, how long it has been going on and who it affects. Leave out other people’s names, phone numbers and number plates: once public, everybody can read them.
whistle-what-limit = At least { $least } characters, at most { $most }
whistle-what-left = # characters left
whistle-what-over = # characters too many

whistle-community = Which community is it in?
whistle-community-hint = Write the name of the community, the old village name or pinyin, or a road. If you are not sure, choose the nearest.
whistle-community-find = Find the community
whistle-community-matches = Which of these is it?
whistle-community-none = Nothing found for “{ $words }”. Try the old village name or pinyin, or see the full list under “Communities”.
whistle-community-typed = None of these; use what I wrote

whistle-place = Where exactly?
whistle-place-hint = A junction, a house number, a shop, the number of a lamp post: anything that helps people find it at once.
whistle-position = I know the coordinates (optional)
whistle-position-hint = You can copy them from a map on your phone. In public they are shown to about 100 metres only.
whistle-lat = Latitude
whistle-lng = Longitude
whistle-accuracy = Accuracy (metres)

whistle-photos = Photos
whistle-photos-hint = Up to { $most }; you can choose several at once. Hidden details such as when and where they were taken are removed first. Leave out faces and number plates.
whistle-photos-add = Check the photos first
whistle-photo-remove = Remove photo { $n }
whistle-photo-staged = Photo { $n }, not sent yet

whistle-visibility = Who can see it?
whistle-visibility-hint = If you do not choose, we do what is usual for this category: noise, stairwells, neighbours, hardship and health are private. Later only you can make it more public.
whistle-visibility-public-hint = Everybody can see the problem, the place, the photos and the progress, but not who you are. Somebody checks it before it is made public.
whistle-visibility-without-detail-hint = Everybody sees only number, category, community and progress, not your words, the place or the photos.
whistle-visibility-private-hint = Only the community and the departments handling it can see it; each time anybody looks it is recorded.
whistle-visibility-usual = Usual for this category
whistle-preview = See what the public will see
whistle-preview-title = The public will see
whistle-preview-private = Nothing. Only you, the community and the departments handling it know about this.
whistle-preview-now = At once
whistle-preview-later = Once somebody has checked it
whistle-preview-never = Your name and contact details are never made public.

whistle-contact = Do you want to leave contact details?
whistle-contact-hint = You do not have to: your report is accepted just the same and just as fast. But without contact details nobody can call you back.
whistle-name = What should we call you? (optional)
whistle-phone = Phone (optional)
whistle-email = Email (optional)
whistle-may-call = You may call me
whistle-may-call-hint = Only the person handling this can see the number. Each time they look it is recorded.

whistle-officer-title = Would you rather not write?
whistle-officer-hint = Leave a phone number, and a grid officer will call you and fill this in for you.
whistle-officer-button = Have a grid officer fill this in for me
whistle-officer-page = Have a grid officer fill this in for you
whistle-officer-intro = A grid officer will call you during office hours, ask what happened and fill it in for you. The private code goes to you, not to the officer.
whistle-officer-phone = Which number should we call?
whistle-officer-what = What is it about, roughly? (optional)
whistle-officer-words = Please have a grid officer call me and fill this in for me.
whistle-officer-send = Ask a grid officer to call me
whistle-officer-back = I will fill it in myself
whistle-office-title = Would you rather call?
whistle-office-line = { $office }: { $phone }
whistle-office-unknown = Once you have chosen a community, its phone number is shown here. For now you can call { $phone }.

whistle-duplicates-title = { $n ->
    [one] { $n } report nearby looks like the same problem
   *[other] { $n } reports nearby look like the same problem
}
whistle-duplicates-hint = If it is the same problem, press “I have this problem too”: you get your own private code and have nothing more to fill in. If not, carry on.
whistle-duplicates-none = Nobody nearby has reported this recently. Carry on.
whistle-me-too = I have this problem too
whistle-check-duplicates = See whether somebody has reported it already

whistle-wait-title = Many people are reporting right now
whistle-wait-text = { $seconds ->
    [one] Everything you wrote is still here. Wait { $seconds } second and press “Send to the community” again.
   *[other] Everything you wrote is still here. Wait { $seconds } seconds and press “Send to the community” again.
}
whistle-wait-join = { $seconds ->
    [one] Everything you wrote is still here. Wait { $seconds } second and press “I have this problem too” again.
   *[other] Everything you wrote is still here. Wait { $seconds } seconds and press “I have this problem too” again.
}
whistle-busy-title = Not saved: press again
oops-whistle-busy = Sorry, it was not saved. Everything you wrote is still here; just press again.
unkept-closed-title = Nothing can be sent right now
unkept-closed = We are working on the system; for now you can look but not send. What you write stays on this page: press again in a while. If it is urgent, call.
oops-unkept-full = Sorry, our storage is full and nothing was saved. Everything you wrote is still here: press again in a while. If it is urgent, call.
oops-unkept-broken = Sorry, this is our fault, not yours, and nothing was saved. Everything you wrote is still here: press again. If it happens again, tell us this number: { $incident }.
unkept-no-joining-title = This report cannot be joined any more
unkept-no-joining = It has just changed. Everything you wrote is still here: send it as a report of your own.
unkept-again-title = We cannot find the earlier report
unkept-again = The earlier report can no longer be found, so this one will not say that it has come back. Everything you wrote is still here: press again to send it as a new report.
unkept-sent-title = This form has already been sent
unkept-sent = What you sent first has arrived and will not change. What you wrote now is still here: press again to send it as another report.
whistle-send = Send to the community
whistle-send-note = After sending you get a private code. It is shown only once. { $contact ->
    [0] It cannot be replaced: take a screenshot or write it down. You left no contact details, so nobody can call you back.
   *[other] Take a screenshot or write it down.
}

receipt-title = Sent to { $community }
receipt-number = Number
receipt-code = This is your private code. It is shown once: take a screenshot
receipt-code-hint = Use it to track the report, add to it, withdraw it, and say whether it is fixed. Do not give it to anybody.
receipt-lost-contact = If you lose it, see under “Track a report” whether a new one can be sent to your phone or email. It is better to take a screenshot or write it down now. With the number you can still see the public part.
receipt-lost-none = It cannot be replaced: take a screenshot or write it down. With the number you can still see the public part.
receipt-filed = Received
receipt-category = Category
receipt-next = Next
receipt-hash = Fingerprint of the record
receipt-hash-hint = With it you can check later whether this record was changed.
receipt-who = Who is handling it
receipt-follow = Track it now
receipt-home = Back to the home page
receipt-gone-title = The private code is no longer shown
receipt-gone-text = The code is shown only once. After 15 minutes, or once the browser is closed, it is gone. Use the code on your screenshot to track your report.
