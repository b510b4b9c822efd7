# /whistle and its receipt.
whistle-title = Tell your community what happened
whistle-title-with-errors = { $errors }: { $title }
whistle-description = Tell your community about a problem and send a photo. No account, no name needed.
whistle-intro = No account needed; it takes about a minute. Reports without a name are handled just as fast.
whistle-again = This is about { $number } coming back; the two will be looked at together.
whistle-12345 = How this differs from 12345: the hotline takes everything in the city and passes it on; this goes straight to your community. Tell only one of them.

whistle-danger = Is anybody hurt, is anything on fire, is anybody in danger right now?
whistle-danger-hint = If so, call now. Do not wait for a reply here.
whistle-danger-no = Nobody is in danger
whistle-danger-yes = There is danger
whistle-danger-now = Call now. Do not wait for a reply here
whistle-danger-after = A report here is not an emergency call; nobody is standing by for it. Once nobody is in danger, choose “Nobody is in danger” and go on.

whistle-category = What kind of problem is it?
whistle-category-hint = Search in plain words, such as “parking” or “street light”, or open a group below. If unsure, take the closest; we will correct it.
whistle-category-search = Search the kinds of problem
whistle-category-find = Find
whistle-category-found = { $n ->
    [0] Nothing found for “{ $words }”. Look in the groups below
    [one] This looks like it
   *[other] It may be one of these { $n }
}
whistle-category-why = because you wrote “{ $word }”
whistle-category-chosen = Chosen: { $name }
whistle-help-lines = You can also call these numbers; somebody will answer

whistle-what = What happened?
whistle-what-hint = What you see, for how long, and whom it affects. Leave out other people’s names, phone numbers and number plates: once public, everybody can read them.
whistle-what-limit = At least { $least } characters, at most { $most }
whistle-what-left = # characters left
whistle-what-over = # characters too many

whistle-community = Which community is it in?
whistle-community-hint = The name of the community or old village, in characters or pinyin, or a road. If you are not sure, take the nearest.
whistle-community-find = Find the community
whistle-community-matches = Which of these is it?
whistle-community-none = Nothing found for “{ $words }”. Try the old village name or pinyin, or see the full list under “Communities”.
whistle-community-typed = None of these; use what I wrote

whistle-place = Where exactly?
whistle-place-hint = A crossing, a house number, a shop, a lamp post number: anything that lets people find it at once.
whistle-position = I know the coordinates (optional)
whistle-position-hint = You can copy them from a phone’s map. In public they are shown to about a hundred metres only.
whistle-lat = Latitude
whistle-lng = Longitude
whistle-accuracy = Accuracy (metres)

whistle-photos = Photos
whistle-photos-hint = Up to { $most }; you can choose several at once. Hidden data such as time and place are removed first. Leave out faces and number plates.
whistle-photos-add = Look at the photos first
whistle-photo-remove = Remove photo { $n }
whistle-photo-staged = Photo { $n }, not sent yet

whistle-visibility = Who can see it?
whistle-visibility-hint = If you do not choose, we do what is usual for this kind: noise, stairwells, neighbours, hardship and health are not public. Later only you can make it more public.
whistle-visibility-public-hint = Everybody can see the problem, the place, the photos and the progress, but not who you are. A person looks at it before it is published.
whistle-visibility-without-detail-hint = Everybody sees number, kind, community and progress, but not your words, the place or the photos.
whistle-visibility-private-hint = Only the community and the departments handling it; each look is recorded.
whistle-visibility-usual = Usual for this kind
whistle-preview = See what the public will see
whistle-preview-title = The public will see
whistle-preview-private = Nothing. Only you, the community and the departments handling it know about this.
whistle-preview-now = At once
whistle-preview-later = After a person has looked at it
whistle-preview-never = Your name and how to reach you are never public.

whistle-contact = Do you want to leave contact details?
whistle-contact-hint = You need not; your report is taken just the same and just as fast. If you leave nothing, nobody can call you back.
whistle-name = What should we call you? (optional)
whistle-phone = Phone (optional)
whistle-email = Email (optional)
whistle-may-call = You may call me
whistle-may-call-hint = Only the person handling this can see the number. Each look is recorded.

whistle-officer-title = Is writing difficult?
whistle-officer-hint = Leave a phone number; a grid officer calls you and fills this in for you.
whistle-officer-button = Let a grid officer fill this in for me
whistle-officer-page = Let a grid officer fill this in for you
whistle-officer-intro = A grid officer calls you in office hours, asks, and fills it in for you. The private code goes to you, not to the officer.
whistle-officer-phone = Which number should we call?
whistle-officer-what = Roughly what is it about? (optional)
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
whistle-duplicates-hint = If it is the same, press “I have this problem too”: you get your own private code and need not fill in more. If not, go on.
whistle-duplicates-none = Nobody has reported this nearby of late. Go on.
whistle-me-too = I have this problem too
whistle-check-duplicates = Has somebody reported it already?

whistle-wait-title = Many people are reporting at the moment
whistle-wait-text = { $seconds ->
    [one] Everything you wrote is still here. Wait { $seconds } second and press “Send to the community” again.
   *[other] Everything you wrote is still here. Wait { $seconds } seconds and press “Send to the community” again.
}
whistle-wait-join = { $seconds ->
    [one] Everything you wrote is still here. Wait { $seconds } second and press “I have this problem too” again.
   *[other] Everything you wrote is still here. Wait { $seconds } seconds and press “I have this problem too” again.
}
whistle-busy-title = Not saved; press again
oops-whistle-busy = Sorry, it was not saved. Everything you wrote is still here; just press again.
unkept-closed-title = Nothing can be sent just now
unkept-closed = We are working on the system, so for a while one can only look. What you write stays on this page: wait a little and press again. If it is urgent, call.
oops-unkept-full = Sorry, our storage is full and nothing was saved. Everything you wrote is still here: wait a little and press again. If it is urgent, call.
oops-unkept-broken = Sorry: this is our fault, not yours, and nothing was saved. Everything you wrote is still here: press again; if it stays, tell us this number: { $incident }.
unkept-no-joining-title = This report cannot be joined any more
unkept-no-joining = It has just changed. Everything you wrote is still here: send it as a report of your own.
unkept-again-title = We cannot name the earlier report
unkept-again = It can no longer be found, so this one will not say that it came back. Everything you wrote is still here: press again and it is sent as a new report.
unkept-sent-title = This form was sent already
unkept-sent = What you sent first has arrived and stays as it was. What you wrote now is still here: press again to send it as another report.
whistle-send = Send to the community
whistle-send-note = You will get a private code. It is shown once. { $contact ->
    [0] It cannot be replaced, so keep a copy. You left no contact details: nobody can call you back.
   *[other] It cannot be replaced, so keep a copy.
}

receipt-title = Sent to { $community }
receipt-number = Number
receipt-code = This is your private code. It is shown once: take a screenshot
receipt-code-hint = Use it to follow the report, add to it, take it back, and say whether it is fixed. Do not pass it on.
receipt-lost-contact = It cannot be replaced: a new code by phone or email is not available yet. Take a screenshot or write it down. The number shows the public part.
receipt-lost-none = It cannot be replaced, so take a screenshot or write it down. The number shows the public part.
receipt-filed = Received
receipt-category = Kind of problem
receipt-next = Next
receipt-hash = Fingerprint of the record
receipt-hash-hint = With it you can check later that this record was not changed.
receipt-who = Who has it
receipt-follow = Follow it now
receipt-home = Back to the start
receipt-gone-title = The code is put away
receipt-gone-text = The code is shown once, for 15 minutes at most, in this browser only. Use the code from your screenshot to follow your report.
