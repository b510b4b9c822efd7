# Supervision: how the city handles what it is told.

supervision-title = Supervision
supervision-queues = The four queues of the city
queue-triage = Waiting to be assigned
queue-joint = Joint enforcement under way
queue-emergency = Emergencies under way
queue-demands = Formal demands to be answered
supervision-late = Late now
supervision-late-note = Time limits that have passed with nothing done; one case can have several. By step and office, never by person.
supervision-nothing-late = Nothing is late.
supervision-late-stage = { $stage }: { $clocks } overdue
supervision-rest = Other offices: { $clocks }
supervision-bulletins = Weekly bulletins
supervision-unstaffed = Posts that nobody holds
supervision-all-staffed = Every community, station and module has somebody.
supervision-missing = No { $role }: { $n }
bulletin-title = Weekly bulletin on governance
bulletin-week = Week { $number } of { $year } ({ $from } to { $to })
bulletin-under-way = under way
bulletin-made = Figures of { $when }. They can be made again at any time, from the log.
bulletin-not-over = The week is not over.
bulletin-before = The week before
bulletin-after = The week after
bulletin-happened = What happened
bulletin-told = Residents reported { $told } problems, staff found { $found }, the city gave { $tasks } tasks.
bulletin-calls = Communities called in departments { $calls } times, { $called } calls in all; departments reported in { $reported } times.
bulletin-returns = Departments asked { $asked } times to send a case back: { $upheld } agreed, { $refused } refused; { $assigned } assigned by the commission.
bulletin-results = { $resolved } results, { $back } sent back by a check.
bulletin-said = Reporters said “fixed” { $fixed } times and “not fixed” { $not } times.
bulletin-rated = { $rated } ratings, { $content } of them four or five stars.
bulletin-urged = Reporters sent { $urged } reminders; { $up } cases went up a level because they were overdue.
bulletin-demands = { $demands } formal demands for an answer, { $answered } answered.
bulletin-more-time = More time was asked for { $asked } times and given { $granted } times.
bulletin-elsewhere = { $parked } put on a plan, { $transferred } handed to another body. Neither counts as handled.
bulletin-rejected = { $n } not accepted: { $grounds }.
bulletin-promises = Time limits that came due
bulletin-promises-note = Time limits that first came due in this week, met or not. Done only after an extension is not on time. What was no longer needed before it was due is left out.
bulletin-stage = Step
bulletin-office = Office
bulletin-community = Community
bulletin-due = came due
bulletin-kept = on time
bulletin-late = done late
bulletin-missed = not done
bulletin-share = % on time
bulletin-came = Who came, and who did not
bulletin-came-note = Reports in that came due in this week. “Not done” means nobody has come to this day.
bulletin-offices = By department and station
bulletin-offices-note = All limits of the office, the most not done first.
bulletin-burden = What came to the communities
bulletin-burden-note = “Given or passed on” are tasks of the city, formal demands, and cases from another community. Those with the most come first, then those with the most not done.
bulletin-burden-none = No tasks of the city, no formal demands and no cases from another community this week; those with the most not done come first.
bulletin-burden-first = The first { $shown } of { $all } communities.
bulletin-filed = cases
bulletin-from-above = given or passed on
bulletin-called = departments called
bulletin-words = Sealed reports and cases out of sight are in none of these figures. Offices are named, people are not.
sample-title = A second look: { $week }
sample-drawn = Reporters of { $of } cases said “fixed”. { $drawn } of them were drawn by lot to be looked at again.
sample-how = Go there, or have the station call. Then open the case, record a call back, and say whether it has come back.
sample-share = Of { $all } looked at, { $of } are still fixed. For all of them that means { $low } % to { $high } % (95 % confidence).
sample-seed = Drawn with the fingerprint of record { $at }:
sample-open = to look at
sample-holds = still fixed
sample-fails = came back
sample-unsaid = not said
sample-unreached = not reached

demand-title = Demand for an answer
demand-number = { $number } / { $no }
demand-to = In hand now with
demand-case = Case
demand-what = What is demanded
demand-due = To be answered by
demand-by = Demanded by
demand-answer = Answer
demand-signed = Signature and date
demand-paper = Print the demand
morning-title = Today’s list
morning-link = Print my list
morning-note = Use your browser’s Print. The first to come due stands first, 60 at most. It holds residents’ words: opening this page is recorded where the reporter can see it. Keep the paper safe and tear it up in the evening.
morning-done = Done (when, what):

score-title = Rating each other
score-note = An average is shown once { $n } offices have rated, up to the end of last month, and never who gave what. It changes nothing about a case.
score-none = No office has been rated by enough others yet.
score-line = { $office }: { $mean } of 5 ({ $count } times)
score-ask = How was it to work with { $office }?
score-button = Send rating
score-kept = Your rating is kept; nobody is shown who gave it.
score-points = { $n ->
    [5] 5: very good
    [4] 4: good
    [3] 3: so so
    [2] 2: poor
   *[other] 1: very poor
}

near-title = Near me
near-button = Cases near me
near-by-hand = No position? Enter coordinates
near-lat = Latitude
near-lng = Longitude
near-search = Show what is near
near-fault = Two numbers in degrees, such as 27.5789 and 120.5534.
near-none = Nothing near there is waiting for you. Cases without a position are not shown.
near-metres = { $metres } m
near-asking = Looking for where you are …
near-denied = Location is not allowed. Turn it on for the browser in the phone’s settings and press again, or filter by community.
near-failed = Your position was not found. Try again in the open, or filter by community.
entry-arrived-firm = The contractor arrived
entry-fed-back-firm = The contractor said what it did
verb-add-evidence-firm = Add photos
staff-arrive-first = Press “Arrive” first
staff-parts-called = Departments are called in; they have to be let go before the case can move
demand-issued = Issued
sample-none = Nobody said “fixed” in this week, so there is nothing to look at again.
