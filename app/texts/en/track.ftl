# /cases/{number}, /track and what a party can do.
case-next = Next: { $sentence }
case-place = Place:
case-position = Position: { $lat }° N, { $lng }° E (public to about a hundred metres)
case-waiting-release = The details are published once a person has looked at them. Number, community and progress are public now.
case-held = The details are not public for now. The reporter has been told why.
case-withheld = The reporter chose not to make the details public.
case-story = What happened
case-clocks = How the time limits are made
case-community = Community
case-filed = Reported
case-departments = Departments that reported in
case-recurrence = Last time
case-merged-into = Goes on in
case-merged-unseen = another report, which is not public
case-questions = Questions to
case-yours-title = Is this your report?
case-yours-text = Open it with your private code to add to it, take it back, or say whether it is fixed.
case-yours-button = Enter the code
case-join-title = Do you have this problem too?
case-join-text = One press is enough. You get your own private code, and your own say on the result.
case-again-title = Has it come back?
case-again-text = Report it again; the two will be looked at together.
case-again-button = It came back

track-title = Track a report
track-description = Enter your private code to see how far your report has come, add to it, take it back, or say whether it is fixed.
track-intro = See how far it has come, answer questions, add photos, say whether it is fixed.
track-code = Private code
track-code-hint = The 21 digits on your receipt; spaces do not matter. Whoever has it can read your report, so do not pass it on.
track-open = Show my report
track-number = You are looking for { $number }. To keep it private we also need the code.
track-expired = Nothing happened for half an hour, so we closed it. Enter the code again; nothing is lost.
track-other = Another report is open in this browser now. Enter the code of { $number } again; nothing is lost.
track-kept = Not sent yet. What you chose and wrote stands below: look at it once more and press again.
track-kept-text = What you wrote, not sent yet
track-kept-photos = Your photos, not sent yet
track-photo-goes = Send photo { $n }
track-news = What has changed meanwhile
track-stray-title = What you wrote was not sent
track-stray = It cannot be sent here now. Copy it if you still need it.
track-lost = If you lost the code, the public part is still here:
track-more = What else you can do
track-leave = Close this report

act-answer-title = A question for you
act-answer-label = Your answer
act-answer-button = Answer
act-judge-title = Is it fixed?
act-judge-hint = The department says it is done. Whether it is fixed is for you to say; no answer is not counted as satisfied.
act-judge-closed = It has ended. Your word still counts, at any time.
act-confirm = It’s fixed
act-dispute = It’s not fixed
act-rate-title = Rate how it was handled
act-rate-label = How was it handled?
act-rate-button = Rate
stars-5 = 5, very satisfied
stars-4 = 4, satisfied
stars-3 = 3, neither
stars-2 = 2, not satisfied
stars-1 = 1, not satisfied at all
act-urge-title = It is overdue. Press for it
act-urge-hint = This is recorded and counts in the figures of the office.
act-urge-button = Press for it
act-review-title = Should it have been accepted?
act-review-label = Why it should be accepted
act-review-button = Ask for a review
act-add-title = Add information or photos
act-add-label = What do you want to add?
act-add-button = Add
act-reopen-title = It is not really fixed: ask to do it again
act-reopen-label = How is it now?
act-reopen-button = Ask to do it again
act-visibility-title = Change who can see it
act-visibility-button = Change
act-withdraw-title = Take it back
act-withdraw-hint = It will not be handled any further, and it stays in the totals. This is your decision; nobody may ask you to.
act-withdraw-label = Why? (optional)
act-withdraw-button = Take this report back

did-add = Received; it stands in the story now.
did-withdraw = Taken back.
did-confirm = Noted: you say it is fixed.
did-dispute = Noted: you say it is not fixed.
did-rate = Your rating is noted.
did-urge = You pressed for it; this is noted.
did-ask-review = You asked for a review. Somebody else will look at it.
did-reopen = You asked to do it again.
did-change-visibility = Changed who can see it.

limit-days = { $n ->
    [one] { $n } day of 24 hours
   *[other] { $n } days of 24 hours
}
limit-service = { $n ->
    [one] { $n } minute of office hours
   *[other] { $n } minutes of office hours
}
limit-calendar-days = { $n ->
    [one] { $n } calendar day
   *[other] { $n } calendar days
}
limit-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
limit-calendar-days-close = { $n ->
    [one] { $n } calendar day, to closing time
   *[other] { $n } calendar days, to closing time
}
limit-working-days-close = { $n ->
    [one] { $n } working day, to closing time
   *[other] { $n } working days, to closing time
}
limit-date = an agreed date
explain-start = Counted from { $start }; the limit is { $limit }.
explain-first-day = That day does not count; { $day } is the first.
explain-skipped = These days do not count: { $days }.
explain-made-up = These weekend days are worked and count: { $days }.
explain-last-day = The last day is { $day }, until midnight.
explain-last-day-close = The last day is { $day }, until the office closes.
explain-paused = The { $span } of waiting for the reporter do not count.
explain-extended = Extended once; on time is still judged by { $due }.
explain-due = So it is due by { $due }; from that moment on it is overdue.
explain-provisional = The holidays of that time are not announced yet, so this may move.
explain-took = It took { $gross }.
explain-took-net = It took { $gross } from start to end, { $net } without the waiting.
explain-day = { $date } ({ $why })
day-weekend = weekend
day-new-year = New Year’s Day
day-spring-festival = Spring Festival
day-tomb-sweeping = Tomb-Sweeping Day
day-labour = Labour Day
day-dragon-boat = Dragon Boat Festival
day-mid-autumn = Mid-Autumn Festival
day-national = National Day
day-holiday = holiday

cases-title = Reports
cases-description = All public reports of the city: where, what kind, who has it and how far it has come.
cases-state = Progress
cases-any-state = All
cases-open = Still open
cases-ended = Ended
cases-any-community = All communities
cases-any-category = All kinds
cases-filter = Filter
cases-clear = Clear the filters
cases-total = { $n ->
    [0] None found
    [one] { $n } report
   *[other] { $n } reports
}
cases-more-than = More than { $n } reports
cases-lag = The search is { $span } behind; the newest reports may not be found yet.
cases-none-title = No report fits
cases-none-text = Try another word, choose one filter less, or see all.

communities-title = Communities
communities-description = All communities of the city: phone numbers, joint duty stations, grids, and what people reported.
communities-intro = Find yours by its name, the old village name, pinyin or pinyin initials.
communities-search = Search communities
communities-placeholder = xianggang, xg…
communities-found = { $n ->
    [one] { $n } found
   *[other] { $n } found
}
communities-all = See all
communities-none-title = Nothing found
communities-none-text = Try the old village name or pinyin.
community-formerly = formerly { $names }
community-office = Community office
community-station = Joint duty station
community-no-phone = No phone number on record yet
community-unit = Governance unit
community-former-names = Former names
community-pinyin = Pinyin
community-code = Statistical code
community-grids = Grids
community-grid-count = { $n ->
    [one] { $n } grid
   *[other] { $n } grids
}

services-title = Services
services-description = What to bring, how long it takes, where to go, and whether it can be done without a visit.
services-intro = What to bring and how long it takes. Where a visit is not needed, it says so.
services-search = Search services
services-placeholder = birth registration, allowance, opening a shop…
services-count = { $n ->
    [one] { $n } service
   *[other] { $n } services
}
services-none-title = No such service found
services-none-text = Try everyday words, or ask 12345.
service-bring = What to bring
service-bring-nothing = Nothing; just come.
service-not-online = You can look it up here; you cannot apply on this site yet.
service-promised = How long it takes
service-at-once = While you wait
service-statutory = Limit set by law
service-no-limit = None set by law
service-fee = Fee
service-free = Free
service-where = Where
service-how = How
service-visits = Visits at most
service-visit-count = { $n ->
    [0] none
    [one] { $n } visit
   *[other] { $n } visits
}
service-department = Department
service-kind = Kind of service
service-basis = Legal basis
service-permit = Administrative permit
service-confirm = Administrative confirmation
service-benefit = Benefit
service-adjudicate = Administrative ruling
service-reward = Award
service-other = Other administrative power
service-public = Public service
reach-community = In your community
reach-unit = Service centre of the governance unit
reach-city = Any counter in the city
reach-cross-region = From other places too
mode-online = No visit needed
mode-one-visit = One visit
mode-proxy = Somebody else can do it for you

# Errors.
trouble-status = Code { $status }
trouble-call = If it cannot wait, call:
trouble-400-title = This request could not be read
trouble-400 = The link may be incomplete. Go back and try again.
trouble-403-title = Not open to you here
trouble-403 = Forms must come from a page of this site, or this page is not yours to open. Start again from the front page.
trouble-404-title = No such page
trouble-404 = The address may be mistyped, or the report is not public. If you have a private code, use “Track”.
trouble-405-title = That is not how this works
trouble-405 = Start again from a page of this site.
trouble-413-title = Too large to take in
trouble-413 = Choose smaller photos, or send them in several goes. Go back: what you wrote is still there.
trouble-422-title = Not possible now
trouble-422 = The report has changed. Go back and look at the latest news.
trouble-429-title = Too fast
trouble-429 = { $seconds ->
    [one] Wait { $seconds } second and try again. Nothing is lost.
   *[other] Wait { $seconds } seconds and try again. Nothing is lost.
}
trouble-500-title = Something broke on our side
oops-500 = Sorry: this is our fault, not yours. Try again; if it stays, tell us this number: { $incident }.
trouble-503-title = Too busy right now
oops-503 = Sorry, we cannot keep up for the moment. Try again in a minute; go back and what you wrote is still there.
trouble-507-title = Not saved
oops-507 = Sorry, our storage is full and what you wrote was not saved. Keep the text and try again later; if it is urgent, call.
looks-title = { $n ->
    [0] Who looked: nobody yet
    [one] Who looked: once
   *[other] Who looked: { $n } times
}
looks-intro = Each time staff look at what is not public, at the photos or at how to reach you, it is written down here first.
looks-story = read the report
looks-photo = saw a photo
looks-contact = saw how to reach you
looks-line = { $office }: { $what }
looks-office-gone = An office that no longer exists
