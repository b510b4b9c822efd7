# /cases/{number}, /track and what a party can do.
case-next = Next: { $sentence }
case-place = Place:
case-position = Position: { $lat }° N, { $lng }° E (shown to about 100 metres)
case-waiting-release = The details will be public once somebody has checked them. Number, community and progress are public now.
case-held = The details are being kept back for now. The reporter has been told why.
case-withheld = The reporter chose not to make the details public.
case-story = What happened
case-clocks = How the time limits are worked out
case-community = Community
case-filed = Reported
case-departments = Reported in
case-recurrence = Last time
case-merged-into = Joined with
case-merged-unseen = another report, which is not public
case-questions = If you have questions
case-yours-title = Is this your report?
case-yours-text = Open it with your private code to add to it, withdraw it, or say whether it is fixed.
case-yours-button = Enter the code
case-join-title = Do you have this problem too?
case-join-text = One tap is enough; there is nothing to write. You get your own private code and have your own say on the result.
case-again-title = Has it come back?
case-again-text = Report it again; the two will be looked at together.
case-again-button = It came back

track-title = Track a report
track-description = Enter your private code to see how far your report has got, add to it, withdraw it, or say whether it is fixed.
track-intro = See how far it has got, answer questions, add photos, say whether it is fixed.
track-code = Private code
track-code-hint = The 21 digits on your receipt; spaces do not matter. Anybody who has the code can read your report, so keep it to yourself.
track-open = Show my report
track-number = You are looking for { $number }. To keep it private, we need the private code too.
track-expired = You were away for half an hour, so we closed the report. Enter the private code again; nothing is lost.
track-other = Another report is open in this browser now. Enter the private code of { $number } again; nothing is lost.
track-kept = Not sent yet. What you chose and wrote is below: check it and press again.
track-kept-text = What you wrote, not sent yet
track-kept-photos = Your photos, not sent yet
track-photo-goes = Send photo { $n }
track-news = What has changed since
track-stray-title = What you wrote was not sent
track-stray = It cannot be sent from here. If you still need it, copy it first.
track-lost = If you have lost the code, you can still see the public part:
track-more = What else you can do
track-leave = Close this report

act-answer-title = A question for you
act-answer-label = Your answer
act-answer-button = Answer
act-judge-title = Is it fixed?
act-judge-hint = The department says it is done. Whether it is really fixed is up to you to say; no answer is not counted as satisfied.
act-judge-closed = It has ended. What you say still counts; you can say it at any time.
act-said-fixed = You said: it’s fixed. If that changes, say so at any time.
act-said-not-fixed = You said: it’s not fixed. If it is by now, press here.
act-confirm = It’s fixed
act-dispute = It’s not fixed
act-dispute-label = What is not fixed? What is it like now? (Made public after a review: no names, no phone numbers)
act-dispute-button = It’s not fixed: please do it again
act-rate-title = Rate how it was handled
act-rated-title = You gave { $stars } of 5. Open to change it
act-rate-label = How was it handled?
act-rate-why = Why? (you need not say; it is not published)
act-rate-button = Rate
stars-5 = 5, very satisfied
stars-4 = 4, satisfied
stars-3 = 3, neither
stars-2 = 2, not satisfied
stars-1 = 1, not satisfied at all
act-urge-title = It is overdue: send a reminder
act-urge-hint = The reminder goes on record and counts in the figures of this office.
act-urge-button = Send a reminder
act-review-title = Should it have been accepted?
act-review-label = Why should it be accepted?
act-review-button = Ask for a review
act-add-title = Add information or photos
act-add-label = What do you want to add?
act-add-button = Add
act-reopen-title = It is not really fixed: ask for it to be done again
act-reopen-label = What is it like now?
act-reopen-button = Ask for it to be done again
act-visibility-title = Change who can see it
act-visibility-button = Change
act-withdraw-title = Withdraw this report
act-withdraw-hint = Nobody will work on it any more; it stays in the totals. This is your own decision: nobody may ask you to withdraw.
act-withdraw-label = Why? (optional)
act-withdraw-button = Withdraw this report

did-add = Received. It is now part of the history.
did-withdraw = Your report is withdrawn.
did-confirm = Recorded: you say it is fixed.
did-dispute = Recorded: you say it is not fixed.
did-rate = Your rating is recorded.
did-urge = Your reminder is sent.
did-ask-review = You have asked for a review. Somebody else will look at it.
did-reopen = You have asked for it to be done again.
did-change-visibility = You have changed who can see it.

limit-days = { $n ->
    [one] { $n } day of 24 hours
   *[other] { $n } days of 24 hours
}
limit-service = { $n ->
    [one] { $n } minute of office hours
   *[other] { $n } minutes of office hours
}
limit-service-hours = { $n ->
    [one] { $n } hour of office hours
   *[other] { $n } hours of office hours
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
explain-start = Counted from { $start }; the time limit is { $limit }.
explain-first-day = That day does not count; { $day } is the first.
explain-skipped = These days do not count: { $days }.
explain-made-up = These weekend days are working days and count: { $days }.
explain-last-day = The last day is { $day }, until midnight.
explain-last-day-close = The last day is { $day }, until the office closes.
explain-paused = The { $span } spent waiting for the reporter do not count.
explain-extended = Extended once; whether it is in time still depends on the first limit, { $due }.
explain-due = So it is due by { $due }; from then on it is overdue.
explain-provisional = The public holidays of that time are not announced yet, so this may still change.
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
cases-description = All public reports in the city: where, what kind, who is handling them and how far they have got.
cases-state = Progress
cases-any-state = All
cases-open = Still open
cases-ended = Ended
cases-any-community = All communities
cases-any-category = All categories
cases-filter = Filter
cases-clear = Clear filters
cases-total = { $n ->
    [0] None found
    [one] { $n } report
   *[other] { $n } reports
}
cases-more-than = More than { $n } reports
cases-lag = Search is { $span } behind; the newest reports may not show up yet.
cases-none-title = No reports match
cases-none-text = Try another word, use fewer filters, or see all reports.

communities-title = Communities
communities-description = All communities in the city: phone numbers, joint duty stations, grids, and what people reported.
communities-intro = Search by name, old village name, pinyin or pinyin initials.
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
services-description = What to bring, how long it takes, where to go, and whether you can do it online.
services-intro = See what to bring and how long it takes. Where it can be done online, it says so.
services-search = Search services
services-placeholder = birth registration, allowance, opening a shop…
services-count = { $n ->
    [one] { $n } service
   *[other] { $n } services
}
services-none-title = No such service found
services-none-text = Try everyday words, or ask 12345.
service-bring = What to bring
service-bring-nothing = Nothing. Just come along.
service-not-online = For now you can only look it up here; you cannot apply online yet.
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
reach-cross-region = Also from outside the city
mode-online = No visit needed
mode-one-visit = One visit
mode-proxy = Somebody else can do it for you

# Errors.
trouble-status = Error { $status }
trouble-call = If it cannot wait, call:
trouble-400-title = We could not read this request
trouble-400 = The link may be incomplete. Go back and try again.
trouble-403-title = You cannot open this
trouble-403 = Either the form did not come from a page of this site, or this page is not open to you. Go to the home page and try again from there.
trouble-404-title = Page not found
trouble-404 = The address may be mistyped, or the report is not public. If you have a private code, use “Track a report”.
trouble-403-desk-title = This is not within your duties
trouble-403-desk = Your present appointments do not let you see or do this. If they have just changed, start again from the desk.
trouble-404-desk-title = Not there, or not within your duties
trouble-404-desk = The number or address may be mistyped, or it is with another office or colleague by now.
trouble-desk-back = Back to the desk
trouble-405-title = This does not work here
trouble-405 = Open the page again from a link on this site.
trouble-413-title = Too large to receive
trouble-413 = Choose smaller photos, or send them a few at a time. Go back: what you wrote is still there.
trouble-422-title = This cannot be done now
trouble-422 = The report has changed. Go back to see the latest progress.
trouble-429-title = Too many tries
trouble-429 = { $seconds ->
    [one] Wait { $seconds } second and try again. Nothing is lost.
   *[other] Wait { $seconds } seconds and try again. Nothing is lost.
}
trouble-500-title = Something went wrong on our side
oops-500 = Sorry, this is our fault, not yours. Try again; if it happens again, tell us this number: { $incident }.
trouble-503-title = Too busy right now
oops-503 = Sorry, we cannot keep up at the moment. Try again in a minute. If you go back, what you wrote is still there.
trouble-507-title = Not saved
oops-507 = Sorry, our storage is full and what you wrote was not saved. Keep a copy and try again later; if it is urgent, call.
looks-title = { $n ->
    [0] Who looked, who was given it: nobody yet
    [one] Who looked, who was given it: once
   *[other] Who looked, who was given it: { $n } times
}
looks-intro = Each time staff look at anything that is not public, at photos or at your contact details, it is recorded here first. To whom they pass the report on stands here too.
looks-line-of-list = saw it in their list
looks-story = read the report
looks-photo = saw a photo
looks-contact = saw your contact details
looks-print = opened a page for printing
looks-export = took it out by a program
looks-passed = passed it on to { $to }
looks-passed-outside = passed it on to a body outside these offices
looks-line = { $office }: { $what }
looks-times = { $what } ({ $n } times)
looks-office-gone = A post that no longer exists
